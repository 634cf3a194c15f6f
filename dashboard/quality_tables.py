"""The tables of checks: gates, dbt tests, errors of extraction, uncounted strings."""

from typing import Final

import polars as pl

from dashboard import phrases
from dashboard.evidence import marked
from dashboard.markup import Markup, element, joined, name_link, table, text, type_chip

_STATUS: Final = {"pass": "✓ passed", "warn": "! warned", "skipped": "? skipped"}
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


def dbt_tests(frame: pl.DataFrame) -> Markup:
    """Return the tests of one table."""
    return table(
        "dbt tests",
        ["result", "column", "claim"],
        (
            (
                joined(
                    [
                        text(_STATUS.get(row["status"], f"✕ {row['status']}")),
                        element(
                            "div", text(phrases.counted(row["failing_count"], "row")), "pt-note"
                        )
                        if row["failing_count"]
                        else Markup(""),
                    ]
                ),
                text(row["column_name"] or "the row"),
                text(row["claim"]),
            )
            for row in frame.iter_rows(named=True)
        ),
        stacks=True,
    )


def by_relation(frame: pl.DataFrame) -> Markup:
    """Return the tests of every table, each beneath a line that unfolds."""
    groups = frame.group_by("relation_name", maintain_order=True)
    return joined(
        element(
            "details",
            joined(
                [
                    element(
                        "summary",
                        text(f"{name or 'several tables'}: {phrases.counted(len(part), 'test')}"),
                    ),
                    dbt_tests(part),
                ]
            ),
            "pt-schema",
        )
        for (name,), part in groups
    )


def confusion(frame: pl.DataFrame) -> Markup:
    """Return which type was taken for which, with an example of each."""
    return table(
        "Types taken for one another",
        ["labelled as", "found as", "times", "for example"],
        (
            (
                type_chip(row["labelled_type"]),
                type_chip(row["found_type"]),
                text(phrases.number(row["mention_count"])),
                text(row["example"]),
            )
            for row in frame.iter_rows(named=True)
        ),
        numeric=(2,),
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
