"""Validation: which records may land, and why the others may not."""

from typing import Final

import polars as pl

from ingest.schema import REJECT, Batch

RULES: Final[dict[str, tuple[str, pl.Expr]]] = {
    "missing_title": (
        "a paper needs a title",
        pl.col("title").is_null() | (pl.col("title").str.strip_chars() == ""),
    ),
}
"""Rule name to (what it asks, expression that is true for a row that breaks it)."""


def validate(batch: Batch) -> Batch:
    """Move the records that break a rule to the rejects; keep everything else as it is.

    A record that breaks several rules is rejected once, under the first of them.
    """
    rule = pl.coalesce([pl.when(broken).then(pl.lit(name)) for name, (_, broken) in RULES.items()])
    detail = pl.coalesce([pl.when(broken).then(pl.lit(asks)) for asks, broken in RULES.values()])
    judged = batch.records.with_columns(rule=rule, detail=detail)
    bad = judged.filter(pl.col("rule").is_not_null())
    if bad.is_empty():
        return batch
    verbatim = pl.struct(batch.records.columns).struct.json_encode()
    rejected = bad.with_columns(raw_text=verbatim).select(list(REJECT))
    good = judged.filter(pl.col("rule").is_null()).drop("rule", "detail")
    return Batch(records=good, rejects=pl.concat([batch.rejects, rejected]))
