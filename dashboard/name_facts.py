"""What is known of one name: family, first mention, introduction, spellings."""

import polars as pl

from dashboard import phrases
from dashboard.evidence import paper_title
from dashboard.markup import Markup, element, joined, name_link, text, type_chip
from dashboard.queries import families, names
from dashboard.warehouse import Snapshot

_SHOWN_SPELLINGS = 8


def heading(name: names.Name) -> Markup:
    """Return the name with its type, and whether it was listed or discovered."""
    origin = "listed in the vocabulary" if name.origin == "vocabulary" else name.origin
    return element(
        "div",
        joined(
            [
                element("h1", text(name.entity_name)),
                type_chip(name.entity_type),
                element("span", text(origin), "pt-note"),
            ]
        ),
        "pt-heading",
    )


def facts(snapshot: Snapshot, name: names.Name) -> Markup:
    """Return the facts as a list of terms."""
    first = snapshot.read(names.first_paper, name.entity_id)
    introduced_by = (
        snapshot.read(names.paper, name.introduced_by_paper_id)
        if name.introduced_by_paper_id
        else None
    )
    entries = [
        ("First mention here", _paper(first, "no dated paper names it")),
        ("Introduced by", _paper(introduced_by, "no paper of this corpus")),
    ]
    if name.introduced_year:
        entries.append(("Introduced in", text(f"{name.introduced_year}, says the vocabulary")))
    ancestors = snapshot.read(families.ancestors, name.entity_id)
    if not ancestors.is_empty():
        entries.append(("Belongs to", _names(ancestors, " \u203a ")))
    children = snapshot.read(families.children, name.entity_id)
    if not children.is_empty():
        entries.append(("Its variants", _names(children, " · ")))
    entries.append(("Spelled", _spellings(snapshot.read(names.spellings, name.entity_id))))
    terms = joined(
        joined([element("dt", text(term)), element("dd", content)]) for term, content in entries
    )
    note = (
        element("p", text("Relatives are counted by themselves, never summed up."), "pt-note")
        if not (ancestors.is_empty() and children.is_empty())
        else Markup("")
    )
    return element("div", joined([element("dl", terms), note]), "pt-facts")


def _paper(paper: names.PaperReference | None, otherwise: str) -> Markup:
    if paper is None:
        return element("span", text(otherwise), "pt-quiet")
    when = phrases.day(paper.published_on, paper.published_precision)
    return joined([text(f"{when}, "), paper_title(paper.title, paper.url)])


def _names(frame: pl.DataFrame, separator: str) -> Markup:
    return joined(
        (
            joined(
                [
                    name_link(row["entity_id"], text(row["entity_name"])),
                    element("span", text(f" {phrases.number(row['paper_count'])}"), "pt-note"),
                ]
            )
            for row in frame.iter_rows(named=True)
        ),
        separator,
    )


def _spellings(frame: pl.DataFrame) -> Markup:
    if frame.is_empty():
        return element("span", text("nowhere here"), "pt-quiet")

    def listed(part: pl.DataFrame) -> Markup:
        return joined(
            (
                joined(
                    [
                        text(row["spelling"]),
                        element(
                            "span", text(f" {phrases.number(row['mention_count'])}"), "pt-note"
                        ),
                    ]
                )
                for row in part.iter_rows(named=True)
            ),
            " · ",
        )

    shown = listed(frame.head(_SHOWN_SPELLINGS))
    rest = frame.slice(_SHOWN_SPELLINGS)
    if rest.is_empty():
        return shown
    summary = element("summary", text(f"{len(rest)} more"))
    return joined([shown, element("details", joined([summary, listed(rest)]))])
