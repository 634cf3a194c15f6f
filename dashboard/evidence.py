"""Evidence as people read it: the sentence first, the mention marked at its offsets."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard import address, phrases
from dashboard.links import link
from dashboard.markup import Markup, element, inward_link, joined, outward_link, text
from dashboard.warehouse import Snapshot
from queries import evidence
from queries.scope import WHOLE, Scope

PAGE_SIZE: Final = 20


def marked(sentence: str, start: int, end: int) -> Markup:
    """Return the escaped sentence with the characters from `start` to `end` marked.

    Offsets count code points. Stripped of its tags and unescaped, the result is the sentence.
    """
    return all_marked(sentence, [(start, end)])


def all_marked(whole: str, places: Iterable[Sequence[int]], styles: Sequence[str] = ()) -> Markup:
    """Return an escaped text with several places marked; they must not overlap."""
    parts: list[Markup] = []
    last = 0
    for position, (start, end) in enumerate(places):
        if not last <= start < end <= len(whole):
            message = f"offsets {start}..{end} do not lie in a sentence of {len(whole)} characters"
            raise ValueError(message)
        style = styles[position] if styles else ""
        parts += [text(whole[last:start]), element("mark", text(whole[start:end]), style)]
        last = end
    return joined([*parts, text(whole[last:])])


def evidence_panel(snapshot: Snapshot, within: Scope, wanted: evidence.Wanted) -> None:
    """Show how many mentions are wanted and, page by page, every one of them."""
    count = snapshot.read(evidence.found, within, wanted)
    st.markdown(
        f"**{phrases.counted(count.mention_count, 'mention')}** in "
        f"**{phrases.counted(count.paper_count, 'paper')}**"
        + (", the newest paper first" if count.paper_count > 1 else "")
    )
    if not count.mention_count:
        st.write("No mention passes these filters.")
        return
    top = st.container()
    page = address.pages_of(count.mention_count, PAGE_SIZE)
    offset = PAGE_SIZE * (page - 1)
    frame = snapshot.read(evidence.mentions, within, wanted, PAGE_SIZE, offset)
    top.html(evidence_list(frame, within))
    last = offset + len(frame)
    sql = evidence.listed(within, wanted, 1000).written_out()
    shown = f"Mentions {offset + 1} to {last} of {phrases.number(count.mention_count)}. "
    st.caption(
        shown if last - offset < count.mention_count else "All of them. ",
    )
    st.html(sql_link(sql, within))


def sql_link(sql: str, within: Scope) -> Markup:
    """Return a paragraph with a link to the SQL page with a query in it."""
    return element("p", sql_way(sql, within), "pt-note")


def sql_way(sql: str, within: Scope) -> Markup:
    """Return a link to the SQL page with a query in it."""
    return inward_link(link("sql", within, sql=sql), text("Open in SQL"))


def evidence_list(mentions: pl.DataFrame, within: Scope = WHOLE) -> Markup:
    """Return one item a paper, with every sentence that was found in it."""
    papers = groupby(mentions.iter_rows(named=True), key=lambda row: row["paper_id"])
    items = (element("li", _item(list(rows), within)) for _, rows in papers)
    return element("ul", joined(items), "pt-evidence")


def paper_title(title: str, paper_id: str, within: Scope, url: str | None) -> Markup:
    """Return a paper's title, linked to its page here, and beside it the way to its source."""
    inner = inward_link(link("papers", within, paper=paper_id), text(title))
    outer = outward_link(url, text("source\N{NO-BREAK SPACE}\N{NORTH EAST ARROW}"))
    has_outer = outer.startswith("<a")
    return joined([element("cite", inner), *([Markup(" "), outer] if has_outer else [])])


def _item(rows: Sequence[Mapping[str, Any]], within: Scope) -> Markup:
    first = rows[0]
    sentences: list[Markup] = []
    for row in rows:
        sentences.append(element("p", marked(row["sentence"], row["mark_start"], row["mark_end"])))
        sentences.append(element("p", text(" · ".join(_facts(row))), "pt-note"))
    when = phrases.day(first["published_on"], first["published_precision"])
    title = paper_title(first["title"], first["paper_id"], within, first["url"])
    head = element(
        "p", joined([title, text(f" · {when} · {first['source_name']}")]), "pt-note pt-paper"
    )
    return joined([*sentences, head, _abstract(first)])


def _facts(row: Mapping[str, Any]) -> list[str]:
    return [
        f"in the {row['section']}",
        *(["introduced here"] if row["is_introduced"] else []),
        f"found by {phrases.spaced(row['match_method'])}",
        f"right in {phrases.percent(row['confidence'])} of such cases",
    ]


def _abstract(row: Mapping[str, Any]) -> Markup:
    if not row["abstract"]:
        return element("p", text("This paper has no abstract here."), "pt-note")
    places = row["abstract_marks"]
    whole = all_marked(row["abstract"], places, ["pt-again"] * len(places))
    return element(
        "details", joined([element("summary", text("abstract")), element("p", whole)]), "pt-more"
    )
