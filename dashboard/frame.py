"""What stands above every page: the ways to the others, the search box and the filters."""

from collections.abc import Sequence
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import address, phrases
from dashboard.links import query_params
from dashboard.markup import element, inward_link, joined, text
from dashboard.search import search_box
from dashboard.warehouse import Snapshot
from queries import corpus
from queries.scope import NAMES, ORIGINS, SECTIONS, WHOLE, Scope

_ANY: Final = "any"
_ORIGIN_WORDS: Final = {
    "vocabulary": "listed in the vocabulary",
    "discovered": "discovered in papers",
}


def navigation(pages: Sequence[tuple[st.Page, str]], within: Scope, current: str) -> None:
    """Show the ways to the pages; the filters go along."""
    with st.container(horizontal=True, gap="small", key="pt-nav", wrap=False):
        for page, path in pages:
            st.page_link(
                page,
                query_params=query_params(within),
                label=f"**{page.title}**" if path == current else page.title,
            )


def tools(snapshot: Snapshot, within: Scope, page: str) -> None:
    """Show the search box with what it finds, the filters, and which of them are on."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="pt-tools"):
        words = address.words_in(
            "Search names by any spelling",
            "q",
            live=True,
            icon=":material/search:",
            placeholder="gpt4, ImageNet, BLEU, LoRA …  ( / )",
            label_visibility="collapsed",
        )
        count = len(within.as_params())
        label = f"Filters ({count} on)" if count else "Filters"
        with st.popover(label, icon=":material/filter_list:", width="content"):
            _filters(snapshot, within)
    if words:
        search_box(snapshot, within, words)
    if count:
        _filters_on(within, page)


def _filters(snapshot: Snapshot, within: Scope) -> None:
    st.caption("They hold on every page and stand in its address.")
    address.several_of(
        "Source of the papers", snapshot.read(corpus.source_names), "source", placeholder="all"
    )
    since, until = st.columns(2)
    with since:
        address.a_day("Published since", "since", within.since)
    with until:
        address.a_day("Published until", "until", within.until)
    st.caption("With a date set, papers without one are left out.")
    address.one_of(
        "Named in",
        (_ANY, *SECTIONS),
        "section",
        words={_ANY: "title or abstract"},
    )
    address.one_of("Names that are", (_ANY, *ORIGINS), "origin", words=_ORIGIN_WORDS)
    address.several_of(
        "Found by",
        snapshot.read(corpus.methods),
        "method",
        words=phrases.spaced,
        placeholder="any way of matching",
    )
    address.whole_number(
        "Papers that must name it, for lists",
        "least",
        least=1,
        most=100_000,
        default=1,
    )


def _filters_on(within: Scope, page: str) -> None:
    words = joined((element("span", text(word), "pt-filter") for word in filter_words(within)), " ")
    clear = inward_link(address.here(page, **dict.fromkeys(NAMES)), text("clear all"))
    st.html(element("p", joined([text("Only: "), words, text(" "), clear]), "pt-filters"))


def unfolded(label: str, key: str) -> DeltaGenerator | None:
    """Show a line that unfolds; return its inside where it is open.

    What is long is made and sent when somebody wants to see it, not before.
    """
    inside = st.expander(label, key=key, on_change="rerun")
    return inside if inside.open else None


def whole_corpus(why: str, within: Scope) -> None:
    """Say that the filters do not change what is on the page, and why."""
    on = " Those that are on go along to the other pages." if within != WHOLE else ""
    st.caption(f"The filters do not change these numbers: {why}.{on}")


def filter_words(within: Scope) -> list[str]:
    """Return the filters that are on in words."""
    words: list[str] = []
    if within.source:
        words.append("source " + " or ".join(within.source))
    if within.since:
        words.append(f"published since {phrases.day(within.since)}")
    if within.until:
        words.append(f"published until {phrases.day(within.until)}")
    if within.section:
        words.append(f"named in the {within.section}")
    if within.origin:
        words.append(_ORIGIN_WORDS[within.origin])
    if within.method:
        words.append("found by " + " or ".join(phrases.spaced(way) for way in within.method))
    if within.least > 1:
        words.append(f"named in {within.least} papers or more")
    return words
