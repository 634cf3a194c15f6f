"""The shape of what a format hands over, before and after validation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

RECORD: Final = pl.Schema(
    {
        "source_line": pl.Int64,
        "source_paper_id": pl.String,
        "title": pl.String,
        "abstract": pl.String,
        "published": pl.String,
        "venue": pl.String,
        "url": pl.String,
        "upvotes": pl.Int64,
    }
)
"""One row a record, text verbatim; `source_line` is 1-based (record number in Parquet)."""

REJECT: Final = pl.Schema(
    {
        "source_line": pl.Int64,
        "rule": pl.String,
        "detail": pl.String,
        "raw_text": pl.String,
    }
)
"""One row a record that could not be used, with the rule it broke and its own text."""

FIELDS: Final = (
    "paper_id",
    "title",
    "abstract",
    "published",
    "venue",
    "url",
    "upvotes",
)
"""Column names a tabular file may carry; a column map renames its own columns to these."""

REQUIRED_FIELDS: Final = ("title", "abstract")

ColumnMap = Mapping[str, str]
"""Our field name to the file's column name, for example {"abstract": "summary"}."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records of a file in file order: what could be parsed and what could not."""

    records: pl.DataFrame
    rejects: pl.DataFrame


def reject_rows(rows: list[tuple[int, str, str, str]]) -> pl.DataFrame:
    """Build a REJECT frame from (line, rule, detail, raw text) tuples."""
    return pl.DataFrame(rows, schema=REJECT, orient="row")


def record_rows(rows: list[dict[str, object]]) -> pl.DataFrame:
    """Build a RECORD frame; keys that a row lacks become null."""
    return pl.DataFrame(rows, schema=RECORD, orient="row")
