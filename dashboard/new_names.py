"""The tables of new names: the queue with its evidence, what papers define, what is new."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard import phrases
from dashboard.cue_words import cue_words
from dashboard.evidence import marked
from dashboard.markup import Markup, element, joined, name_link, sparkline, table, text, type_chip
from queries.scope import Scope


def queue(frame: pl.DataFrame, trends: Mapping[str, Sequence[int]], within: Scope) -> Markup:
    """Return the names that wait for review, each with what speaks for its type."""
    return table(
        "Names that wait for review",
        ["name", "score", "papers", "trend", "for example, and what speaks for it"],
        (
            (
                _name(row, within),
                joined([text(f"{row['score']:.2f}"), _note(_state(row))]),
                joined(
                    [
                        text(phrases.number(row["paper_count"])),
                        *(_note(words) for words in _seen(row)),
                    ]
                ),
                _trend(row, trends),
                _evidence(row),
            )
            for row in frame.iter_rows(named=True)
        ),
        numeric=(1, 2),
        stacks=True,
    )


def defined(frame: pl.DataFrame, within: Scope) -> Markup:
    """Return the names that papers define, each with one sentence."""
    return table(
        "Names that papers define",
        ["name", "papers", "seen", "right in", "for example"],
        (
            (
                _name(row, within),
                text(phrases.number(row["paper_count"])),
                text(phrases.span(row["first_mentioned_on"], row["last_mentioned_on"])),
                text(phrases.percent(row["mean_confidence"])),
                marked(row["sentence"], row["mark_start"], row["mark_end"]),
            )
            for row in frame.iter_rows(named=True)
        ),
        numeric=(1, 3),
        stacks=True,
    )


def first_named(frame: pl.DataFrame, within: Scope) -> Markup:
    """Return the names that are new in the last window."""
    return table(
        "Names that are new",
        ["name", "papers", "introduce it", "share", "known from"],
        (
            (
                _name(row, within),
                text(phrases.number(row["current_paper_count"])),
                text(phrases.number(row["current_introducing_paper_count"])),
                text(phrases.percent(row["current_share"])),
                text("the vocabulary" if row["origin"] == "vocabulary" else "the papers"),
            )
            for row in frame.iter_rows(named=True)
        ),
        numeric=(1, 2, 3),
    )


def _name(row: Mapping[str, Any], within: Scope) -> Markup:
    label = text(row["entity_name"])
    known = name_link(row["entity_id"], label, within) if row["entity_id"] else label
    return joined([known, text(" "), type_chip(row["entity_type"])])


def _state(row: Mapping[str, Any]) -> str:
    if row["is_counted"]:
        return "counts"
    return "several meanings" if row["is_homonym"] else "not counted"


def _seen(row: Mapping[str, Any]) -> list[str]:
    defining, first = row["defining_paper_count"], row["first_mentioned_on"]
    return [
        *([f"{phrases.number(defining)} define it"] if defining else []),
        *([f"since {phrases.day(first, 'month')}"] if first else []),
    ]


def _note(words: str) -> Markup:
    return element("div", text(words), "pt-note pt-whole-line")


def _trend(row: Mapping[str, Any], trends: Mapping[str, Sequence[int]]) -> Markup:
    papers = trends.get(row["entity_id"] or "")
    if not papers or not any(papers):
        return element("span", text("in no count yet"), "pt-quiet")
    words = "papers that count, by quarter, the last one now: " + ", ".join(map(str, papers))
    return sparkline(papers, words)


def _evidence(row: Mapping[str, Any]) -> Markup:
    cues = element("div", text(cue_words(row["evidence"])), "pt-note")
    if row["sentence"] is None:
        return cues
    return joined([marked(row["sentence"], row["mark_start"], row["mark_end"]), cues])
