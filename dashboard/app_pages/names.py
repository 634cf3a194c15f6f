"""Names: all that is known of one name, down to the sentences; or where to begin."""

from typing import Final

import streamlit as st

from dashboard import address, name_facts, phrases, tables, trends, warehouse
from dashboard.evidence import evidence_panel
from dashboard.links import link
from dashboard.markup import element, figures, grid, inward_link, joined, text
from dashboard.measures import View, natural_grain
from dashboard.warehouse import Snapshot
from queries import corpus, evidence, names, papers, ranking, series, together
from queries.scope import Scope
from queries.shares import GRAINS, Grain

_ALL_YEARS: Final = "all years"


def main() -> None:
    """Compose the page: of one name where the address gives one, else where to begin."""
    snapshot = warehouse.published()
    within = address.scope()
    entity_id = address.param("name")
    if not entity_id:
        st.title("Names", anchor=False)
        _begin(snapshot, within)
        return
    name = snapshot.read(names.name, entity_id, within)
    if name is None:
        st.html(element("p", text(f"No name here has the id “{entity_id}”.")))
        st.info("It may be spelled otherwise: search for it above.", icon=":material/search:")
        _begin(snapshot, within)
        return
    st.set_page_config(page_title=f"{name.entity_name} · Papertally")
    st.html(name_facts.heading(name))
    st.html(name_facts.description(snapshot, name, within))
    _headline(name, within)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _trend(snapshot, name, within)
    with right:
        st.subheader("About this name", anchor=False)
        st.html(name_facts.facts(snapshot, name, within))
    _beside(snapshot, name, within)
    _evidence(snapshot, name, within)


def _begin(snapshot: Snapshot, within: Scope) -> None:
    leading = snapshot.read(ranking.leading, within)
    st.html(
        grid(
            tables.top_names(ranking.of_type(leading, entity_type, 15), entity_type, within)
            for entity_type in ranking.ENTITY_TYPES
        )
    )


def _headline(name: names.Name, within: Scope) -> None:
    adopting = name.paper_count - name.introducing_paper_count
    own = link("names", within, name=name.entity_id)
    papers_of_it = link("papers", within, naming=name.entity_id)
    st.html(
        figures(
            (
                ("Mentions", phrases.number(name.mention_count), f"{own}#evidence"),
                ("Papers", phrases.number(name.paper_count), papers_of_it),
                ("Papers that adopt it", phrases.number(adopting), None),
                ("Share of papers", phrases.percent(name.paper_share), None),
            )
        )
    )
    st.caption(
        f"Share: {phrases.number(name.share_paper_count)} of "
        f"{phrases.counted(name.eligible_paper_count, 'paper')} with an abstract; 95 % Wilson "
        f"interval {phrases.interval(name.paper_share_low, name.paper_share_high)}. Adopting: all "
        f"but the {phrases.counted(name.introducing_paper_count, 'paper')} that "
        f"introduce{'s' if name.introducing_paper_count == 1 else ''} it."
    )


def _trend(snapshot: Snapshot, name: names.Name, within: Scope) -> None:
    st.subheader("Share of papers over time", anchor=False)
    if not name.paper_count:
        st.info("No paper that passes the filters names it.", icon=":material/event_busy:")
        return
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        summary = snapshot.read(corpus.span, within)
        grain: Grain = address.one_of(
            "By", GRAINS, "by", default=natural_grain(summary), label_visibility="collapsed"
        )
        variants = address.is_on("With variants", "variants")
    lines = series.Lines((name.entity_id,), grain, variants)
    trends.show(
        snapshot,
        within,
        trends.Trend(
            lines,
            View("share", grain),
            has_bands=True,
            page="names",
            title=f"{name.entity_name}: share of papers by {grain}",
        ),
    )
    undated = snapshot.read(series.undated, name.entity_id, grain, within)
    if undated.paper_count:
        st.caption(
            f"Apart: {phrases.counted(undated.mention_count, 'mention')} in "
            f"{phrases.counted(undated.paper_count, 'paper')} without a {grain}."
        )


def _beside(snapshot: Snapshot, name: names.Name, within: Scope) -> None:
    st.header("Named together with", anchor="together")
    least = 3 if name.paper_count >= 30 else 1
    frame = snapshot.read(together.beside, name.entity_id, within, least)
    if frame.is_empty():
        st.write("No other name stands in the same papers often enough.")
        return
    st.html(tables.beside(frame, name.entity_id, within))
    st.caption(
        "Lift: how many times more often the two meet than by chance. Ordered by papers times "
        f"NPMI; names in fewer than {phrases.counted(least, 'common paper')} are left out."
    )


def _evidence(snapshot: Snapshot, name: names.Name, within: Scope) -> None:
    st.header("Evidence", anchor="evidence")
    if not name.mention_count:
        st.write("No paper that passes the filters names it, so there is no sentence to show.")
        return
    if address.param("at") and address.param("of"):
        whole = inward_link(link("names", within, name=name.entity_id), text("Show all evidence"))
        st.html(element("p", whole))
        return
    evidence_panel(snapshot, within, _wanted(snapshot, name, within))


def _wanted(snapshot: Snapshot, name: names.Name, within: Scope) -> evidence.Wanted:
    years = snapshot.read(evidence.years, name.entity_id, within)["year"].to_list()
    spellings = snapshot.read(names.spellings, name.entity_id, within)["spelling"].to_list()
    venues = snapshot.read(papers.venues)
    columns = st.columns(3 if venues else 2)
    with columns[0]:
        year = address.one_in_list("Year", years, "year", nothing=_ALL_YEARS)
    with columns[1]:
        spelling = address.one_in_list("Spelling", spellings, "spelling", nothing="all spellings")
    venue = None
    if venues:
        with columns[2]:
            venue = address.one_in_list("Venue", venues, "venue", nothing="all venues")
    beside = address.param("beside")
    if beside:
        label = snapshot.read(names.labels, (beside,)).get(beside)
        if label:
            alone = inward_link(address.here("names", beside=None), text("show all"))
            only = text(f"Only papers with an abstract that name {label} too. ")
            st.html(element("p", joined([only, alone])))
        else:
            beside = None
    at = year if year in (None, evidence.UNDATED) else f"{year}-01-01"
    return evidence.Wanted(
        entity_ids=(name.entity_id,),
        is_eligible=beside is not None,
        at=at,
        spelling=spelling,
        venue=venue,
        beside=beside,
    )


main()
