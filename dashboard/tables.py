"""The tables that more than one page shows."""

from typing import cast

import polars as pl

from dashboard import phrases
from dashboard.links import link
from dashboard.markup import (
    Markup,
    bar,
    element,
    inward_link,
    joined,
    name_link,
    table,
    text,
    type_chip,
)
from queries.scope import WHOLE, Scope

PLURALS = {"model": "Models", "dataset": "Datasets", "metric": "Metrics", "method": "Methods"}
_SCORED = {"all": "all types", "introduced": "introduced here"}


def estimate(
    value: float | None, low: float | None, high: float | None, *, is_rounded: bool = False
) -> Markup:
    """Return a share with its interval beside it, or beneath where there is no room."""
    return joined(
        [
            element("span", text(phrases.percent(value)), "pt-whole"),
            Markup(" "),
            element("span", text(phrases.interval(low, high, is_rounded=is_rounded)), "pt-range"),
        ]
    )


def top_names(frame: pl.DataFrame, entity_type: str, within: Scope = WHOLE) -> Markup:
    """Return the most named of one type: papers, mentions, share with its interval."""
    heading = element("h3", text(PLURALS[entity_type]))
    if frame.is_empty():
        return joined([heading, element("p", text("No paper here names one."), "pt-quiet")])
    widest = cast("float", frame["paper_share"].max() or 1.0)
    rows = [
        (
            element("span", text(phrases.places(row)), "pt-note pt-whole"),
            joined(
                [
                    name_link(row["entity_id"], text(row["entity_name"]), within),
                    bar((row["paper_share"] or 0.0) / widest),  # pyright: ignore[reportOperatorIssue]
                ]
            ),
            text(phrases.number(row["paper_count"])),
            text(phrases.number(row["mention_count"])),
            estimate(row["paper_share"], row["paper_share_low"], row["paper_share_high"]),
        )
        for row in frame.iter_rows(named=True)
    ]
    return joined(
        [
            heading,
            table(
                f"{PLURALS[entity_type]} that most papers name",
                ["place", "name", "papers", "mentions", "share"],
                rows,
                numeric=(2, 3, 4),
                style="pt-ranked",
            ),
        ]
    )


def scores(frame: pl.DataFrame, caption: str) -> Markup:
    """Return extraction scores by type, each with its interval."""

    def score(row: dict[str, float | None], measure: str) -> Markup:
        value, low, high = row[measure], row[f"{measure}_low"], row[f"{measure}_high"]
        if value is None:
            return element("span", text("not measured"), "pt-quiet")
        return estimate(value, low, high, is_rounded=True)

    return table(
        caption,
        ["type", "precision", "recall", "F1", "labels"],
        (
            (
                text(_SCORED.get(row["entity_type"], row["entity_type"])),
                score(row, "precision"),
                score(row, "recall"),
                score(row, "f1"),
                text(phrases.number(row["label_count"])),
            )
            for row in frame.iter_rows(named=True)
        ),
        numeric=(1, 2, 3, 4),
    )


def beside(frame: pl.DataFrame, entity_id: str, within: Scope) -> Markup:
    """Return the names that share papers with one, each with the way to those papers."""
    return table(
        "Names in the same papers",
        ["name", "type", "papers with both", "lift", "NPMI"],
        (
            (
                name_link(row["entity_id"], text(row["entity_name"]), within),
                type_chip(row["entity_type"]),
                inward_link(
                    link("names", within, name=entity_id, beside=row["entity_id"]) + "#evidence",
                    text(phrases.number(row["pair_paper_count"])),
                ),
                text(f"{row['lift']:.1f}"),
                text(phrases.signed(row["npmi"]).removeprefix("+")),
            )
            for row in frame.iter_rows(named=True)
        ),
        numeric=(2, 3, 4),
    )
