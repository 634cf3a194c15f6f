"""Overview: what this corpus is, how fresh and how good it is, and what its papers name."""

from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import streamlit as st

from dashboard import (
    address,
    corpus_card,
    downloads,
    flow,
    phrases,
    risers,
    tables,
    trends,
    warehouse,
)
from dashboard.charts.volume import volume_bars, volume_chart, volume_words
from dashboard.evidence import sql_link, sql_way
from dashboard.frame import unfolded
from dashboard.links import link
from dashboard.markup import Markup, element, grid, inward_link, joined, table, text
from dashboard.measures import natural_grain
from dashboard.pages import OVERVIEW_TITLE
from dashboard.warehouse import Snapshot
from queries import card, corpus, ranking
from queries.scope import WHOLE, Scope
from queries.shares import GRAINS, Grain, last_day


def main() -> None:
    """Compose the page."""
    snapshot = warehouse.published()
    within = address.scope()
    summary = snapshot.read(corpus.summary, within)
    st.title(OVERVIEW_TITLE, anchor=False)
    st.caption(
        "Models, datasets, metrics and methods named in titles and abstracts, "
        "each with the sentences behind its count. Named is not used: a paper may mention "
        "a thing to compare, to build on or to reject it."
    )
    st.html(corpus_card.headline(summary, within))
    corpus_card.show(snapshot, summary)
    _top(snapshot, within)
    st.header("Rising fastest", anchor="rising")
    risers.show(snapshot, within)
    _volume(snapshot, summary, within)
    _flow(snapshot, within)
    _sources(snapshot, within)


def _top(snapshot: Snapshot, within: Scope) -> None:
    st.header("Most named", anchor="most-named")
    leading = snapshot.read(ranking.leading, within)
    st.html(
        grid(
            tables.top_names(ranking.of_type(leading, entity_type), entity_type, within)
            for entity_type in ranking.ENTITY_TYPES
        )
    )
    st.caption(
        "In the order of the share: papers that name it among those with an abstract, with its "
        "95 % Wilson interval. Names whose intervals overlap cannot be told apart: they share "
        "their places. Papers without an abstract are among the papers, but in no share."
    )
    st.html(sql_link(ranking.most_named("model", within, 100).written_out(), within))


def _volume(snapshot: Snapshot, summary: corpus.Corpus, within: Scope) -> None:
    st.header("Papers over time", anchor="over-time")
    if not summary.dated_paper_count:
        trends.no_dates(summary)
        return
    grain: Grain = address.one_of(
        "By", GRAINS, "by", default=natural_grain(summary), label_visibility="collapsed"
    )
    frame = snapshot.read(corpus.volume, grain, within)
    words = volume_words(frame, grain)
    st.html(
        volume_bars(
            frame,
            grain,
            summary.last_published_on,
            lambda first: link("papers", _within_period(first, grain, within)),
        )
    )
    undated = snapshot.read(corpus.undated_paper_count, grain, within)
    newest = phrases.day(summary.last_published_on, summary.last_published_precision)
    st.caption(
        f"Click a bar to list its papers. The newest paper is of {newest}; a hatched last bar is "
        f"a {grain} that goes on after it."
        + (f" Not shown: {phrases.counted(undated, 'paper')} without a {grain}." if undated else "")
    )
    exhibit = downloads.Exhibit(
        name="papertally-papers",
        title=f"Papers by {grain} of publication",
        unit="papers",
        frame=frame,
        chart=lambda: volume_chart(frame, grain, summary.last_published_on),
        words=words,
        statement=corpus.periods(within, grain),
    )
    downloads.take_along(snapshot, within, address.here("overview"), exhibit, frame)
    if inside := unfolded("The whole corpus month by month", "months"):
        inside.html(snapshot.read(_months))
        inside.html(sql_link(card.by_month().written_out(), within))


def _within_period(first: date, grain: Grain, within: Scope) -> Scope:
    """Return the filters cut down to one period, as far as they let its papers through."""
    last = last_day(first, grain)
    since, until = within.since or first, within.until or last
    return replace(within, since=max(first, since), until=min(last, until))


def _months(con: duckdb.DuckDBPyConnection) -> Markup:
    """Return the months of the corpus as a table; it is long, so it is made once."""

    def month(row: dict[str, Any]) -> Markup:
        first = row["published_month"]
        if first is None:
            return text("undated")
        papers = link("papers", _within_period(first, "month", WHOLE))
        unfinished = "" if row["is_complete"] else " (unfinished)"
        return joined([inward_link(papers, text(phrases.day(first, "month"))), text(unfinished)])

    counts = (
        "paper_count", "eligible_paper_count", "naming_paper_count", "mention_count",
        "introduction_count", "source_count",
    )  # fmt: skip
    heads = ("papers", "with abstract", "naming any", "mentions", "introductions", "sources")
    return table(
        "What each month holds",
        ["month", *heads],
        (
            (month(row), *(text(phrases.number(row[count])) for count in counts))
            for row in card.months(con).iter_rows(named=True)
        ),
        numeric=range(1, 7),
    )


def _flow(snapshot: Snapshot, within: Scope) -> None:
    st.header("From read to counted", anchor="flow")
    steps = snapshot.read(card.steps)
    st.html(flow.flow(steps))
    adds_up = (
        "Every number is the one before it less what went out between them."
        if flow.adds_up(steps)
        else "These steps do not add up: this file is damaged, build it again."
    )
    whole = "" if within == WHOLE else " It speaks of the whole corpus: no filter applies to it."
    st.caption(f"{adds_up}{whole}")
    links = (
        ("rejected records", "quality", "rejected"),
        ("what was read", "quality", "loads"),
        ("papers joined by title", "quality", "titles"),
    )
    ways = joined(
        (inward_link(f"{link(page, within)}#{place}", text(label)) for label, page, place in links),
        " · ",
    )
    st.html(
        element(
            "p",
            joined([ways, text(" · "), sql_way(card.flow().written_out(), within)]),
            "pt-note",
        )
    )


def _sources(snapshot: Snapshot, within: Scope) -> None:
    st.header("Sources", anchor="sources")
    st.html(
        table(
            "Papers by source",
            ["source", "published", "papers", "with abstract", "undated"],
            (
                (
                    text(row["source_name"]),
                    text(
                        phrases.span(
                            row["first_published_on"],
                            row["last_published_on"],
                            row["first_published_precision"],
                            row["last_published_precision"],
                        )
                    ),
                    text(phrases.number(row["paper_count"])),
                    text(phrases.number(row["eligible_paper_count"])),
                    text(phrases.number(row["undated_paper_count"])),
                )
                for row in snapshot.read(corpus.sources, within).iter_rows(named=True)
            ),
            numeric=(2, 3, 4),
        )
    )


main()
