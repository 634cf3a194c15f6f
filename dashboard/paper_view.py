"""One paper: its text with every mention marked by type, and why each of them counts."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

import polars as pl
import streamlit as st

from dashboard import phrases
from dashboard.evidence import all_marked
from dashboard.markup import (
    Markup,
    element,
    grid,
    joined,
    name_link,
    outward_link,
    table,
    text,
    type_chip,
)
from dashboard.warehouse import Snapshot
from queries import identity, papers, ranking
from queries.scope import Scope

_KINDS: Final = {
    "arxiv": "arXiv", "doi": "DOI", "acl": "ACL Anthology", "openreview": "OpenReview",
    "source": "its source's own", "title": "hash of the title",
}  # fmt: skip
_RESOLVERS: Final = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "acl": "https://aclanthology.org/{}",
    "openreview": "https://openreview.net/forum?id={}",
}
_JOINED: Final = {
    "identifier": "the identifier itself",
    "contested": "nothing: it is contested",
    "title_author": "title and first author",
    "title_text": "title and words of the abstract",
    "title_year": "title and year",
}
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
    _origin(snapshot, paper)


def _origin(snapshot: Snapshot, paper: papers.Paper) -> None:
    """Show what the paper is known by, and which record each of its cells comes from."""
    st.header("Where it comes from", anchor="origin")
    cells = snapshot.read(identity.provenance, paper.paper_id)
    known = snapshot.read(identity.identifiers, paper.paper_id)
    st.html(
        grid(
            [
                joined([element("h3", text("What each part was read from")), _cells(cells)]),
                joined([element("h3", text("Identifiers")), _identifiers(known)]),
            ]
        )
    )
    records = phrases.counted(paper.record_count, "record")
    st.caption(
        f"{records} of this paper {'was' if paper.record_count == 1 else 'were'} read and made "
        "one. The text is that of the newest record with an abstract, the date the earliest "
        "stated. No filter applies to this part: it says where the paper comes from."
    )


def _cells(frame: pl.DataFrame) -> Markup:
    def place(row: dict[str, object]) -> Markup:
        if not row["source_file"]:
            return Markup("")
        name = PurePath(str(row["source_file"])).name
        return element("div", text(f"{name}, line {row['source_line']}"), "pt-note")

    return table(
        "Which record each part comes from",
        ["part", "source", "as it stands there"],
        (
            (
                text(row["cell"]),
                joined([text(row["source_name"]), place(row)]),
                text(row["stated"] or phrases.UNKNOWN),
            )
            for row in frame.iter_rows(named=True)
        ),
        stacks=True,
    )


def _identifiers(frame: pl.DataFrame) -> Markup:
    return table(
        "Identifiers of the paper",
        ["kind", "identifier", "stated by", "joined by"],
        (
            (
                text(_KINDS.get(row["identifier_kind"], row["identifier_kind"])),
                outward_link(_resolver(row), text(row["identifier"])),
                text(row["source_name"]),
                text(_JOINED.get(row["link_method"], phrases.spaced(row["link_method"]))),
            )
            for row in frame.iter_rows(named=True)
        ),
        stacks=True,
    )


def _resolver(row: dict[str, object]) -> str | None:
    pattern = _RESOLVERS.get(str(row["identifier_kind"]))
    return pattern.format(quote(str(row["identifier"]), safe="/")) if pattern else None


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
                for kind in ranking.ENTITY_TYPES
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
