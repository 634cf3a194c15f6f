"""Names: find a name by any spelling, then read all that is known of it, down to the sentences."""

import math
from typing import Final

import streamlit as st

from dashboard import name_facts, phrases, tables, warehouse
from dashboard.charts.share import share_chart, share_words
from dashboard.evidence import evidence_list
from dashboard.markup import element, grid, text
from dashboard.queries import corpus, evidence, names, series
from dashboard.search import search_box
from dashboard.warehouse import Snapshot

_PAGE_SIZE: Final = 20
_ALL_YEARS: Final = "all years"
_ALL_SPELLINGS: Final = "all spellings"


def main() -> None:
    """Compose the page: of one name where the address gives one, else where to begin."""
    snapshot = warehouse.published()
    has_searched = search_box(snapshot)
    entity_id = st.query_params.get("name")
    if not entity_id:
        if not has_searched:
            _begin(snapshot)
        return
    name = snapshot.read(names.name, entity_id)
    if name is None:
        st.html(element("p", text(f"No name here has the id “{entity_id}”.")))
        st.info("It may be spelled otherwise: search for it above.", icon=":material/search:")
        _begin(snapshot)
        return
    st.set_page_config(page_title=f"{name.entity_name} · Papertally")
    st.html(name_facts.heading(name))
    _headline(name)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _share(snapshot, name)
    with right:
        st.subheader("About this name", anchor=False)
        st.html(name_facts.facts(snapshot, name))
    _evidence(snapshot, name)


def _begin(snapshot: Snapshot) -> None:
    st.header("Most named", anchor=False)
    st.html(
        grid(
            tables.top_names(snapshot.read(names.top, entity_type, 5), entity_type)
            for entity_type in names.ENTITY_TYPES
        )
    )


def _headline(name: names.Name) -> None:
    with st.container(horizontal=True, gap="small"):
        st.metric("Mentions", phrases.number(name.mention_count), width=150)
        st.metric("Papers", phrases.number(name.paper_count), width=150)
        st.metric(
            "Introducing papers",
            phrases.number(name.introducing_paper_count),
            width=150,
            help="Papers that introduce it; subtract them to count adoption.",
        )
        st.metric("Share of papers", phrases.percent(name.paper_share), width=150)
    st.caption(
        f"Share: {phrases.number(name.share_paper_count)} of "
        f"{phrases.counted(name.eligible_paper_count, 'paper')} with an abstract; 95 % Wilson "
        f"interval {phrases.interval(name.paper_share_low, name.paper_share_high)}."
    )


def _share(snapshot: Snapshot, name: names.Name) -> None:
    st.subheader("Share of papers over time", anchor=False)
    summary = snapshot.read(corpus.summary)
    if not summary.dated_paper_count:
        st.info(
            "No paper of this corpus has a date, so no trend can be drawn. "
            "Dates are never guessed: read a source that states them.",
            icon=":material/event_busy:",
        )
        return
    grain: corpus.Grain = st.segmented_control(
        "Share by",
        corpus.GRAINS,
        default="year",
        required=True,
        key="by",
        bind="query-params",
    )
    undated = snapshot.read(series.undated, name.entity_id, grain)
    if undated.paper_count == name.paper_count:
        st.info(
            f"None of its {phrases.counted(name.paper_count, 'paper')} has a {grain} of "
            "publication, so no trend can be drawn."
            if name.paper_count
            else "No paper of this corpus names it.",
            icon=":material/event_busy:",
        )
        return
    frame = snapshot.read(series.shares, name.entity_id, grain)
    st.altair_chart(
        share_chart(frame, grain, summary.last_published_on),
        alt=share_words(frame, grain, name.entity_name),
    )
    newest = phrases.day(summary.last_published_on, summary.last_published_precision)
    st.caption(
        f"Band: 95 % Wilson interval. Newest paper: {newest}; a hollow last point is a {grain} "
        "that goes on after it."
        + (
            f" Apart: {phrases.counted(undated.mention_count, 'mention')} in "
            f"{phrases.counted(undated.paper_count, 'paper')} without a {grain}."
            if undated.paper_count
            else ""
        )
    )


def _evidence(snapshot: Snapshot, name: names.Name) -> None:
    st.header("Evidence", anchor="evidence")
    if not name.mention_count:
        st.write("No paper of this corpus names it, so there is no sentence to show.")
        return
    wanted = _filter(snapshot, name)
    found = snapshot.read(evidence.mention_count, name.entity_id, wanted)
    st.markdown(
        f"**{phrases.counted(found, 'mention')}**"
        + (f" of {phrases.number(name.mention_count)}" if found != name.mention_count else "")
        + ", the newest paper first"
    )
    if not found:
        st.write("No mention passes both filters.")
        return
    page_count = math.ceil(found / _PAGE_SIZE)
    page = (
        st.pagination(page_count, key="page", bind="query-params", max_visible_pages=5)
        if page_count > 1
        else 1
    )
    st.html(
        evidence_list(
            snapshot.read(
                evidence.mentions, name.entity_id, wanted, _PAGE_SIZE, _PAGE_SIZE * (page - 1)
            )
        )
    )
    st.caption(f"Page {page} of {page_count}." if page_count > 1 else "All of them.")


def _filter(snapshot: Snapshot, name: names.Name) -> evidence.EvidenceFilter:
    years = snapshot.read(evidence.years, name.entity_id)["year"].to_list()
    spellings = snapshot.read(names.spellings, name.entity_id)["spelling"].to_list()
    by_year, by_spelling = st.columns(2)
    year = by_year.selectbox(
        "Year",
        [_ALL_YEARS, *years],
        key="year",
        bind="query-params",
        on_change=_first_page,
    )
    spelling = by_spelling.selectbox(
        "Spelling",
        [_ALL_SPELLINGS, *spellings],
        key="spelling",
        bind="query-params",
        on_change=_first_page,
    )
    return evidence.EvidenceFilter(
        year=None if year == _ALL_YEARS else year,
        spelling=None if spelling == _ALL_SPELLINGS else spelling,
    )


def _first_page() -> None:
    st.session_state["page"] = 1


main()
