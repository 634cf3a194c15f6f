"""One paper: its text with every mention marked by type, and why each of them counts."""

from collections.abc import Iterable
from typing import Final

import polars as pl
import streamlit as st

from dashboard import phrases
from dashboard.evidence import all_marked
from dashboard.markup import (
    Markup,
    element,
    joined,
    name_link,
    outward_link,
    table,
    text,
    type_chip,
)
from dashboard.queries import names, papers
from dashboard.queries.scope import Scope
from dashboard.warehouse import Snapshot

_WHY_NOT: Final = {
    "needs_context": "needs a cue or a certain mention in the paper, and there is none",
    "never_alone": "counts only with a cue directly beside it",
    "safe": "two names claim it",
}


def show(snapshot: Snapshot, within: Scope, paper: papers.Paper) -> None:
    """Show the paper, its mentions and what was left uncounted."""
    mentions = snapshot.read(papers.mentions, paper.paper_id, within)
    title = _marked(mentions, "title", paper.title)
    st.html(element("div", element("h1", title), "pt-heading"))
    when = phrases.day(paper.published_on, paper.published_precision)
    facts = [when, *([paper.venue] if paper.venue else []), paper.source_name, paper.paper_id]
    source = outward_link(
        paper.url, text("Read it at its source\N{NO-BREAK SPACE}\N{NORTH EAST ARROW}")
    )
    has_source = source.startswith("<a")
    st.html(
        element(
            "p",
            joined([_apart(facts), *([text(" · "), source] if has_source else [])]),
            "pt-note",
        )
    )
    st.html(_legend(mentions))
    if paper.abstract:
        st.html(element("p", _marked(mentions, "abstract", paper.abstract), "pt-abstract"))
    else:
        st.write("This paper has no abstract here, so only its title could be read.")
    count = len(mentions)
    st.header(phrases.counted(count, "mention"), anchor="mentions")
    if count:
        st.html(_reasons(mentions, within))
    else:
        st.write("Nothing in it is counted under these filters.")
    _uncounted(snapshot.read(papers.uncounted, paper.paper_id), within)


def _marked(mentions: pl.DataFrame, section: str, whole: str) -> Markup:
    here = mentions.filter(pl.col("section") == section)
    places = list(zip(here["start_char"], here["end_char"], strict=True))
    return all_marked(whole, places, [f"pt-{kind}" for kind in here["entity_type"]])


def _apart(facts: Iterable[str]) -> Markup:
    """Return facts side by side; a bidi control in one of them ends with it."""
    return joined((element("bdi", text(fact)) for fact in facts), " · ")


def _legend(mentions: pl.DataFrame) -> Markup:
    counts = dict(mentions["entity_type"].value_counts().iter_rows())
    return element(
        "p",
        joined(
            (
                joined(
                    [
                        element("mark", text(kind), f"pt-{kind}"),
                        element("span", text(f" {counts.get(kind, 0)}"), "pt-note"),
                    ]
                )
                for kind in names.ENTITY_TYPES
            ),
            " \N{NO-BREAK SPACE} ",
        ),
        "pt-legend",
    )


def _reasons(mentions: pl.DataFrame, within: Scope) -> Markup:
    return table(
        "Why each mention counts",
        ["text", "name", "type", "where", "why it counts", "right in"],
        (
            (
                element("mark", text(row["surface"]), f"pt-{row['entity_type']}"),
                name_link(row["entity_id"], text(row["entity_name"]), within),
                type_chip(row["entity_type"]),
                text(f"{row['section']}, {row['start_char']}"),
                joined(
                    [
                        text(row["reason"] or phrases.spaced(row["match_method"])),
                        element(
                            "div",
                            text(
                                f"recognised: {row['alias']}"
                                + ("; introduced here" if row["is_introduced"] else "")
                            ),
                            "pt-note",
                        ),
                    ]
                ),
                text(phrases.percent(row["confidence"])),
            )
            for row in mentions.iter_rows(named=True)
        ),
        numeric=(5,),
        stacks=True,
    )


def _uncounted(frame: pl.DataFrame, within: Scope) -> None:
    if frame.is_empty():
        return
    st.header("Left uncounted, for want of evidence", anchor="uncounted")
    st.html(
        table(
            "Strings left uncounted",
            ["text", "might be", "where", "why not"],
            (
                (
                    text(row["surface"]),
                    joined(
                        [
                            name_link(row["entity_id"], text(row["entity_name"]), within),
                            Markup(" "),
                            type_chip(row["entity_type"]),
                        ]
                    ),
                    text(f"{row['section']}, {row['start_char']}"),
                    text(_WHY_NOT.get(row["ambiguity"], row["ambiguity"])),
                )
                for row in frame.iter_rows(named=True)
            ),
            stacks=True,
        )
    )
