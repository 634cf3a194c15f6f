"""The tables of the quality page: checks, errors, uncounted strings, loads, rejected records."""

from typing import Final

import polars as pl

from dashboard import phrases
from dashboard.evidence import marked
from dashboard.markup import Markup, element, joined, name_link, table, text, type_chip

_REASONS: Final = {
    "needs_context": "needs a cue beside it",
    "never_alone": "never counted alone",
    "safe": "two names claim it",
}


def checks(run: pl.DataFrame) -> Markup:
    """Return the checks of one run, failures first, with the rows that failed."""
    return table(
        "Checks of one run",
        ["result", "check", "gate", "severity", "observed"],
        (
            (
                text("✓ passed" if row["is_passed"] else "✕ failed"),
                joined([text(row["description"]), _failing(row)]),
                text(str(row["gate"]).replace("_", " ")),
                text(row["severity"]),
                text(phrases.UNKNOWN if row["observed_value"] is None else row["observed_value"]),
            )
            for row in run.iter_rows(named=True)
        ),
        stacks=True,
    )


def errors(frame: pl.DataFrame) -> Markup:
    """Return examples of errors in their sentences."""
    return table(
        "Examples of errors",
        ["name", "type", "sentence"],
        (
            (
                text(row["surface"]),
                type_chip(row["entity_type"]),
                joined(
                    [
                        _found_in(row["sentence"], row["surface"]),
                        element("div", text(row["paper_title"]), "pt-note"),
                    ]
                ),
            )
            for row in frame.iter_rows(named=True)
        ),
        stacks=True,
    )


def ambiguous(frame: pl.DataFrame) -> Markup:
    """Return the commonest uncounted strings, each in one of its sentences."""
    return table(
        "Strings left uncounted",
        ["string", "times", "might be", "why", "for example"],
        (
            (
                text(row["surface"]),
                text(phrases.number(row["mention_count"])),
                joined(
                    [
                        name_link(row["entity_id"], text(row["entity_name"])),
                        Markup(" "),
                        type_chip(row["entity_type"]),
                    ]
                ),
                text(_REASONS.get(row["ambiguity"], row["ambiguity"])),
                marked(row["sentence"], row["mark_start"], row["mark_end"]),
            )
            for row in frame.iter_rows(named=True)
        ),
        numeric=(1,),
        stacks=True,
    )


def manifest(frame: pl.DataFrame) -> Markup:
    """Return the loads, the newest first."""
    return table(
        "Loads",
        ["source", "read on", "read", "landed", "known", "rejected", "state"],
        (
            (
                joined(
                    [
                        text(row["source_name"]),
                        element(
                            "div",
                            text(
                                f"{row['source_file']} ({row['format_name']}, "
                                f"sha256 {str(row['source_sha256'])[:12]}…)"
                            ),
                            "pt-note",
                        ),
                    ]
                ),
                text(phrases.moment(row["loaded_at"])),
                text(phrases.number(row["read_count"])),
                text(phrases.number(row["landed_count"])),
                text(phrases.number(row["known_count"])),
                text(phrases.number(row["rejected_count"])),
                text(f"✕ refused: {row['refusal_reason']}" if row["is_refused"] else "✓ accepted"),
            )
            for row in frame.iter_rows(named=True)
        ),
        numeric=(2, 3, 4, 5),
        stacks=True,
    )


def rejection_counts(frame: pl.DataFrame) -> Markup:
    """Return how many records each rule rejected."""
    return element(
        "p",
        text(
            " · ".join(
                f"{str(row['rejection_rule']).replace('_', ' ')}: "
                f"{phrases.number(row['record_count'])}"
                for row in frame.iter_rows(named=True)
            )
        ),
    )


def rejected(frame: pl.DataFrame) -> Markup:
    """Return rejected records with the rule and their own text."""
    return table(
        "Rejected records",
        ["rule", "where", "the record as it stands"],
        (
            (
                joined(
                    [
                        text(str(row["rejection_rule"]).replace("_", " ")),
                        element("div", text(row["rejection_detail"] or ""), "pt-note"),
                    ]
                ),
                text(f"{row['source_file']}, line {row['source_line']}"),
                element(
                    "pre",
                    text(row["raw_text"] + ("…" if row["raw_length"] > 2000 else "")),
                    "pt-raw",
                ),
            )
            for row in frame.iter_rows(named=True)
        ),
        stacks=True,
    )


def _failing(row: dict[str, object]) -> Markup:
    if row["is_passed"]:
        return Markup("")
    count = phrases.counted(int(str(row["failing_count"])), "failing row")
    if not row["failing_rows"]:
        return element("div", text(count), "pt-note")
    return element(
        "details",
        joined(
            [
                element("summary", text(count)),
                element("pre", text(row["failing_rows"]), "pt-raw"),
            ]
        ),
    )


def _found_in(sentence: str, surface: str) -> Markup:
    # The error's offset counts from the start of the section, which is not stored here.
    start = sentence.find(surface)
    if not surface or start < 0:
        return text(sentence)
    return marked(sentence, start, start + len(surface))
