"""What this corpus is, how fresh it is and how good: three cards of the overview."""

from pathlib import PurePath
from typing import Final

import polars as pl
import streamlit as st

from dashboard import phrases, tables
from dashboard.gate_badge import gate_badge, gate_words
from dashboard.links import link
from dashboard.markup import Markup, element, figures, inward_link, joined, text
from dashboard.trust import EMBEDDED, preferred
from dashboard.warehouse import Snapshot
from queries import corpus, gates, loads, scores
from queries.scope import WHOLE, Scope

_SHOWN_FILES: Final = 4
# What docs/explanation/counting.md says of text that nobody tuned for.
_UNSEEN: Final = (
    "Rules and vocabulary were made beside these labels, so expect less elsewhere: on 71 abstracts "
    "kept from that work F1 was 77 % (72\N{EN DASH}81 %), precision 82 % (78\N{EN DASH}86 %), "
    "recall 72 % (67\N{EN DASH}76 %), in November 2026. Counts are too low more often than too "
    "high."
)


def headline(summary: corpus.Corpus, within: Scope = WHOLE) -> Markup:
    """Return the size of the corpus and of what it names."""
    return figures(
        (label, phrases.number(count), address)
        for label, count, address in (
            ("Papers", summary.paper_count, link("papers", within)),
            ("With an abstract", summary.eligible_paper_count, None),
            ("Names found", summary.named_entity_count, link("names", within)),
            ("Mentions", summary.mention_count, None),
            ("Papers that name any", summary.naming_paper_count, None),
        )
    )


def show(snapshot: Snapshot, summary: corpus.Corpus) -> None:
    """Show the three cards."""
    fresh = snapshot.read(corpus.freshness)
    gate = snapshot.read(gates.latest)
    measured = snapshot.read(scores.latest)
    left, how_good = st.columns([1, 1.5], gap="medium")
    with left.container(border=True):
        st.subheader("What this is", anchor=False)
        undated = summary.paper_count - summary.dated_paper_count
        when = f"published {_span(summary)}" if summary.dated_paper_count else "without a date"
        apart = (
            f" {phrases.counted(undated, 'paper')} among them without a date."
            if undated and summary.dated_paper_count
            else ""
        )
        st.html(
            joined(
                [
                    element(
                        "p",
                        text(f"{phrases.counted(summary.paper_count, 'paper')}, {when}.{apart}"),
                    ),
                    _files(snapshot),
                ]
            )
        )
        st.caption("A share here is a fact about these papers, not about all research.")
    with left.container(border=True, height="stretch"):
        st.subheader("How fresh", anchor=False)
        newest = (
            phrases.day(summary.last_published_on, summary.last_published_precision)
            if summary.last_published_on
            else "none is dated"
        )
        st.markdown(
            f"Newest paper: **{newest}**  \n"
            f"Last read: **{phrases.moment(fresh.last_loaded_at)}**  \n"
            f"Built: **{phrases.moment(fresh.built_at)}**"
        )
    with how_good.container(border=True, height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("How good", anchor=False, width="content")
            gate_badge(gate)
        st.caption(gate_words(gate))
        _scores(measured, fresh.vocabulary_key)


def _files(snapshot: Snapshot) -> Markup:
    """Return the newest files that were read, each with its source and how many records it had."""
    read = snapshot.read(loads.loads).filter(~pl.col("is_refused"))
    items = [
        element(
            "li",
            joined(
                [
                    text(row["source_name"]),
                    element(
                        "span",
                        text(
                            f" {phrases.counted(row['read_count'], 'record')} of "
                            f"{PurePath(row['source_file']).name}. {_asked(row['source_query'])}"
                        ),
                        "pt-note",
                    ),
                ]
            ),
        )
        for row in read.head(_SHOWN_FILES).iter_rows(named=True)
    ]
    if len(read) > _SHOWN_FILES:
        more = f"and {phrases.counted(len(read) - _SHOWN_FILES, 'file')} more"
        items.append(element("li", inward_link("quality#loads", text(more))))
    return element("ul", joined(items), "pt-plain")


def _asked(source_query: str | None) -> str:
    """Return by which query a file's papers were chosen, as far as it is known."""
    return f"Asked: {source_query}" if source_query else "Chosen by whoever made the file."


def _scores(measured: pl.DataFrame, vocabulary_key: str | None) -> None:
    newest = preferred(measured)
    if newest.is_empty():
        st.markdown("Extraction: **not measured** for this file.")
        st.caption("`papertally evaluate --gold FILE` scores it against labelled papers.")
        return
    first = newest.row(0, named=True)
    st.html(tables.scores(newest, "Precision, recall and F1 of the mentions by type"))
    st.html(
        element(
            "p",
            text(
                f"Exact spans, against {phrases.counted(first['paper_count'], 'labelled paper')} "
                f"({first['label_set']}); 95 % intervals beside."
                + (
                    ""
                    if first["vocabulary_key"] == vocabulary_key
                    else " Measured with another vocabulary than this file's."
                )
            ),
            "pt-note",
        )
    )
    if first["label_set"] == EMBEDDED:
        st.html(element("p", text(_UNSEEN), "pt-note"))


def _span(summary: corpus.Corpus) -> str:
    return phrases.span(
        summary.first_published_on,
        summary.last_published_on,
        summary.first_published_precision,
        summary.last_published_precision,
    )
