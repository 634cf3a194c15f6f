"""HTML from untrusted text: everything is escaped here, and only here it becomes markup.

Titles, abstracts, spellings and file names hold LaTeX, `$…$`, `<` and links of any scheme. They
go through `text`, and pages show the result with `st.html`, never with `st.markdown`.
"""

import html
from collections.abc import Iterable, Sequence
from typing import NewType
from urllib.parse import urlsplit

from dashboard.links import link
from queries.scope import WHOLE, Scope

Markup = NewType("Markup", str)


def text(value: object) -> Markup:
    """Return the value's words, escaped."""
    return Markup(html.escape(str(value), quote=True))


def joined(parts: Iterable[Markup], separator: str = "") -> Markup:
    """Return pieces of markup one after another."""
    return Markup(separator.join(parts))


def element(tag: str, content: Markup, style: str = "") -> Markup:
    """Return the content inside an element; `style` names classes of style.css."""
    attribute = f' class="{html.escape(style, quote=True)}"' if style else ""
    return Markup(f"<{tag}{attribute}>{content}</{tag}>")


def is_web_address(url: str | None) -> bool:
    """Tell whether a link is safe to offer: http or https, with a host, without blanks."""
    if not url or any(character.isspace() or ord(character) < 32 for character in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def outward_link(url: str | None, label: Markup) -> Markup:
    """Return a link that opens beside the page, or the label alone where the link is not safe."""
    if url is None or not is_web_address(url):
        return label
    address = html.escape(url, quote=True)
    return Markup(f'<a href="{address}" target="_blank" rel="noopener noreferrer">{label}</a>')


def inward_link(address: str, label: Markup, style: str = "") -> Markup:
    """Return a link to a page of this dashboard."""
    attribute = f' class="{html.escape(style, quote=True)}"' if style else ""
    return Markup(f'<a{attribute} href="{html.escape(address, quote=True)}">{label}</a>')


def name_link(entity_id: str, label: Markup, within: Scope = WHOLE) -> Markup:
    """Return a link to the page of a name, under the same filters."""
    return inward_link(link("names", within, name=entity_id), label)


def type_chip(entity_type: str) -> Markup:
    """Return the type of an entity as a small label."""
    return element("span", text(entity_type), f"pt-chip pt-{entity_type}")


def bar(share: float) -> Markup:
    """Return a bar as long as the share of the cell, for a quick look down a column."""
    width = 100 * min(max(share, 0.0), 1.0)
    return Markup(f'<span class="pt-bar"><i style="width:{width:.1f}%"></i></span>')


def sparkline(values: Sequence[int], words: str) -> Markup:
    """Return small columns, one a value, with the same in words."""
    most = max(values, default=0) or 1
    bars = "".join(f'<i style="height:{100 * value / most:.0f}%"></i>' for value in values)
    return Markup(f'<span class="pt-spark" role="img" aria-label="{text(words)}">{bars}</span>')


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Markup]],
    numeric: Sequence[int] = (),
    *,
    stacks: bool = False,
    style: str = "",
) -> Markup:
    """Return a table; its caption is read to those who do not see the page.

    `numeric` columns align right. On a phone a table scrolls by itself, or, where it `stacks`,
    each row becomes a block of its own.
    """

    def cell(tag: str, column: int, content: Markup) -> Markup:
        style = ' class="pt-number"' if column in numeric else ""
        head = f' data-head="{text(heads[column])}"' if stacks and tag == "td" else ""
        inner = element("span", content) if head else content
        return Markup(f"<{tag}{style}{head}>{inner}</{tag}>")

    def line(tag: str, cells: Iterable[Markup]) -> Markup:
        return element("tr", joined(cell(tag, *pair) for pair in enumerate(cells)))

    head = element("thead", line("th", (text(label) for label in heads)))
    body = element("tbody", joined(line("td", row) for row in rows))
    title = element("caption", text(caption), "pt-unseen")
    whole = element("table", joined([title, head, body]), "pt-stack" if stacks else style)
    return Markup(f'<div class="pt-scroll" tabindex="0">{whole}</div>')


def figures(values: Iterable[tuple[str, str, str | None]]) -> Markup:
    """Return the numbers at the head of a page, each beneath its label.

    The third part is the address of what the number counts; None where no page lists it.
    """
    pairs = (
        element(
            "div",
            joined(
                [
                    element("dt", text(label)),
                    element("dd", inward_link(address, text(value)) if address else text(value)),
                ]
            ),
        )
        for label, value, address in values
    )
    return element("dl", joined(pairs), "pt-figures")


def grid(cells: Iterable[Markup]) -> Markup:
    """Return blocks side by side, as many as the window is wide enough for."""
    return element("div", joined(element("section", cell) for cell in cells), "pt-grid")
