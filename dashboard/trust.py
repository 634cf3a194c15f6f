"""How right the mentions of a type are, in a line that stands beside numbers made of them."""

from collections.abc import Iterable
from typing import Any, Final

import polars as pl

from dashboard import phrases
from dashboard.links import link
from dashboard.markup import Markup, element, inward_link, joined, text
from dashboard.warehouse import Snapshot
from queries import scores
from queries.scope import Scope

EMBEDDED: Final = "labels"
"""The label set that comes with Papertally; rules and vocabulary were made beside it."""

# Of fewer labels a precision is known to no better than ten points.
_FEWEST_LABELS: Final = 100


def preferred(measured: pl.DataFrame) -> pl.DataFrame:
    """Return the strict scores of the label set to show: the newest that is not embedded."""
    strict = measured.filter(pl.col("match_rule") == "strict")
    others = strict.filter(pl.col("label_set") != EMBEDDED)
    kept = strict if others.is_empty() else others
    newest = kept.filter(pl.col("scored_at") == pl.col("scored_at").max())
    return newest.filter(pl.col("label_set") == pl.col("label_set").first())


def measured_line(snapshot: Snapshot, entity_types: Iterable[str], within: Scope) -> Markup:
    """Return precision and recall of the types that a chart shows, and the way to the errors."""
    frame = preferred(snapshot.read(scores.latest))
    known = {row["entity_type"]: row for row in frame.iter_rows(named=True)}
    parts = joined((_of_type(kind, known.get(kind)) for kind in entity_types), "; ")
    way = inward_link(link("quality", within) + "#scores", text("how this was measured, errors"))
    made_beside = (
        " Rules were made beside these labels, so expect less elsewhere."
        if frame.height and frame["label_set"][0] == EMBEDDED
        else ""
    )
    return element(
        "p",
        joined([text("Right mentions: "), parts, text(f".{made_beside} "), way]),
        "pt-note",
    )


def _of_type(entity_type: str, row: dict[str, Any] | None) -> Markup:
    if row is None or row["precision"] is None or row["label_count"] < _FEWEST_LABELS:
        labels = f", {phrases.counted(row['label_count'], 'label')}" if row else ""
        return element("span", text(f"{entity_type}s not measured{labels}"), "pt-quiet")
    values = ", ".join(
        f"{measure} {phrases.percent(row[measure])} "
        f"({phrases.interval(row[f'{measure}_low'], row[f'{measure}_high'], is_rounded=True)})"
        for measure in ("precision", "recall")
    )
    return text(f"{entity_type}s {values}, {phrases.counted(row['label_count'], 'label')}")
