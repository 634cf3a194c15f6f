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
        "authors": pl.String,
        "published": pl.String,
        "published_kind": pl.String,
        "updated": pl.String,
        "venue": pl.String,
        "url": pl.String,
        "arxiv_id": pl.String,
        "doi": pl.String,
        "acl_id": pl.String,
        "openreview_id": pl.String,
        "upvotes": pl.Int64,
    }
)
"""One row a record, text verbatim; `source_line` is 1-based (record number in Parquet).

`authors` are names in the order of the paper, joined by "; ". `published` and `updated` are
text as the source spells dates. `published_kind` says which date `published` is: `submitted`
(to an archive), `listed` (on a page of papers), `proceedings` (of a venue) or null where the
source does not say. Identifiers are as the source spells them; models normalise them.
"""

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
    "authors",
    "published",
    "updated",
    "venue",
    "url",
    "arxiv_id",
    "doi",
    "acl_id",
    "openreview_id",
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
