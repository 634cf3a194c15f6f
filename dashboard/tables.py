"""The tables that more than one page shows."""

import polars as pl

from dashboard import phrases
from dashboard.markup import Markup, bar, element, joined, name_link, table, text

_PLURALS = {"model": "Models", "dataset": "Datasets", "metric": "Metrics", "method": "Methods"}


def top_names(frame: pl.DataFrame, entity_type: str) -> Markup:
    """Return the most named of one type: papers, mentions, share with its interval."""
    heading = element("h3", text(_PLURALS[entity_type]))
    if frame.is_empty():
        return joined([heading, element("p", text("No paper here names one."), "pt-quiet")])
    widest = frame["paper_count"].max()
    rows = [
        (
            joined(
                [
                    name_link(row["entity_id"], text(row["entity_name"])),
                    bar(row["paper_count"] / widest),  # pyright: ignore[reportOperatorIssue]
                ]
            ),
            text(phrases.number(row["paper_count"])),
            text(phrases.number(row["mention_count"])),
            joined(
                [
                    text(phrases.percent(row["paper_share"])),
                    element(
                        "div",
                        text(phrases.interval(row["paper_share_low"], row["paper_share_high"])),
                        "pt-note",
                    ),
                ]
            ),
        )
        for row in frame.iter_rows(named=True)
    ]
    return joined(
        [
            heading,
            table(
                f"{_PLURALS[entity_type]} that most papers name",
                ["name", "papers", "mentions", "share"],
                rows,
                numeric=(1, 2, 3),
            ),
        ]
    )


def scores(frame: pl.DataFrame, caption: str) -> Markup:
    """Return extraction scores by type, each with its interval."""

    def score(row: dict[str, float | None], measure: str) -> Markup:
        value, low, high = row[measure], row[f"{measure}_low"], row[f"{measure}_high"]
        if value is None:
            return element("span", text("not measured"), "pt-quiet")
        return joined(
            [
                text(phrases.percent(value)),
                element("div", text(phrases.interval(low, high)), "pt-note"),
            ]
        )

    return table(
        caption,
        ["type", "precision", "recall", "F1", "labels"],
        (
            (
                text("all types" if row["entity_type"] == "all" else row["entity_type"]),
                score(row, "precision"),
                score(row, "recall"),
                score(row, "f1"),
                text(phrases.number(row["label_count"])),
            )
            for row in frame.iter_rows(named=True)
        ),
        numeric=(1, 2, 3, 4),
    )
