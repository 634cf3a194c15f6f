"""The names of each type whose share rose or fell, with the test that says so."""

from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard import address, phrases, tables
from dashboard.evidence import sql_way
from dashboard.links import link
from dashboard.markup import Markup, element, grid, inward_link, joined, table, text
from dashboard.warehouse import Snapshot
from queries import card, ranking
from queries.scope import WHOLE, Scope

_SHOWN: Final = 6
_WINDOWS: Final = {
    "twelve_months": "twelve months",
    "calendar_year": "calendar year",
    "three_months": "three months",
}


def show(snapshot: Snapshot, within: Scope) -> None:
    """Show the names that rise, or fall, by type."""
    window_name = snapshot.read(card.window)
    if window_name is None:
        st.info(
            "Nothing rises or falls here yet: a trend compares two windows of time that the "
            "corpus covers whole, and these papers have no such windows. Read a source that "
            "states dates over two years or more.",
            icon=":material/event_busy:",
        )
        return
    trend = address.one_of("Trend", ("rising", "falling"), "trend", label_visibility="collapsed")
    frames = {
        entity_type: snapshot.read(card.moving, trend, window_name, entity_type, _SHOWN)
        for entity_type in ranking.ENTITY_TYPES
    }
    st.html(grid(_of_type(kind, frame, trend, within) for kind, frame in frames.items()))
    known = next((frame for frame in frames.values() if not frame.is_empty()), None)
    st.caption(_how(known, window_name, within))
    sql = card.trending(trend, window_name, "model", 100).written_out()
    ways = [
        inward_link(link("about", within) + "#measures", text("How this is tested")),
        inward_link(link("new_names", within, list="first"), text("Names that are new")),
        sql_way(sql, within),
    ]
    st.html(element("p", joined(ways, " · "), "pt-note"))


def _of_type(entity_type: str, frame: pl.DataFrame, trend: str, within: Scope) -> Markup:
    heading = element("h3", text(tables.PLURALS[entity_type]))
    if frame.is_empty():
        nothing = f"No {entity_type} is {trend} beyond what chance explains."
        return joined([heading, element("p", text(nothing), "pt-quiet")])
    return joined(
        [
            heading,
            table(
                f"{tables.PLURALS[entity_type]} that are {trend}",
                ["name", "share before", "share now", "change, points"],
                (_row(row, within) for row in frame.iter_rows(named=True)),
                numeric=(1, 2, 3),
            ),
        ]
    )


def _row(row: dict[str, Any], within: Scope) -> list[Markup]:
    own = link("names", within, name=row["entity_id"])
    low, high = 100 * row["share_change_low"], 100 * row["share_change_high"]
    return [
        inward_link(own, text(row["entity_name"])),
        _share(row["before_share"], row["before_paper_count"]),
        _share(row["current_share"], row["current_paper_count"]),
        joined(
            [
                _two_lines(
                    phrases.signed(100 * row["share_change"]),
                    f"{phrases.signed(low)} to {phrases.signed(high)}",
                ),
                element("div", text(f"q {phrases.tiny(row['q_value'])}"), "pt-note"),
            ]
        ),
    ]


def _share(share: float, paper_count: int) -> Markup:
    return _two_lines(phrases.percent(share), phrases.counted(paper_count, "paper"))


def _two_lines(above: str, below: str) -> Markup:
    return joined([text(above), element("div", text(below), "pt-note pt-whole-line")])


def _how(frame: pl.DataFrame | None, window_name: str, within: Scope) -> str:
    note = f"The last complete {_WINDOWS[window_name]} against those before. "
    if frame is not None:
        row = frame.row(0, named=True)
        note = (
            f"{phrases.span(row['current_start_on'], row['current_end_on'])} against the "
            f"{_WINDOWS[window_name]} before, {phrases.counted(row['tested_count'], 'name')} "
            "tested. "
        )
    note += (
        "Exact binomial test of the two shares; q is its p-value after Benjamini and Hochberg, "
        "and of all names listed at most 5 % are expected to be false alarms. Names that are new "
        "have no growth and stand under New names. A change can also come from a change of the "
        "corpus."
    )
    if within != WHOLE:
        note += " Tested when the file was built, on the whole corpus: filters do not change it."
    return note
