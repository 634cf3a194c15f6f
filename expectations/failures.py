"""The rows behind a failed check, and the loads that they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, cast

import duckdb

from expectations.profiles.landed_batch import scope_sql

MAX_ROWS: Final = 20
MAX_FIGURE: Final = 80
PROVENANCE: Final = ("load_id", "source_name", "source_file")

BROKEN_TABLE: Final = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ConversionException,
    duckdb.OutOfRangeException,
)
"""A table lacks what a check reads: a finding. Memory or disk running out is not its fault."""

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Failure:
    """How many rows break a claim, the first of them, and figures of the loads concerned."""

    row_count: int
    rows: list[Row] = field(default_factory=list[Row])
    loads: dict[str, str] = field(default_factory=dict[str, str])


def find_rows(con: duckdb.DuckDBPyConnection, rows_sql: str) -> Failure:
    """Return the rows that break a claim, at most 20 of them, and how many there are.

    A query that cannot run (a mart lost a column) is a finding of its own, not a crash.
    """
    try:
        rows = fetch(con, f"{rows_sql}\nlimit {MAX_ROWS}")
        count = len(rows)
        if count == MAX_ROWS:
            count = cast("int", fetch(con, f"select count(*) as n from (\n{rows_sql}\n)")[0]["n"])
    except BROKEN_TABLE as error:
        return Failure(1, [{"error": str(error)}])
    return Failure(max(count, 1), rows)


def find_loads(
    con: duckdb.DuckDBPyConnection, rows_sql: str, load_ids: Sequence[str] | None
) -> dict[str, str]:
    """Return the loads that break a claim, each with the figures of one of its rows.

    Where the query names none, every judged load is returned: a batch that failed is refused even
    if it cannot be said which part of it is at fault.
    """
    try:
        found = fetch(con, f"select distinct on (load_id) * from (\n{rows_sql}\n) order by load_id")
    except BROKEN_TABLE:
        found = []
    if found:
        return {str(row["load_id"]): figures_of(row) for row in found}
    judged = fetch(con, f"select load_id from ({scope_sql(load_ids)}) order by load_id")
    return {str(row["load_id"]): "the whole batch" for row in judged}


def figures_of(row: Row) -> str:
    """Say what a row holds beside its provenance, for a sentence."""
    figures = (
        f"{name} {round(value, 4) if isinstance(value, float) else value}"[:MAX_FIGURE]
        for name, value in row.items()
        if name not in PROVENANCE and value is not None
    )
    return ", ".join(figures)


def fetch(con: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    """Return the rows of a query as dictionaries."""
    relation = con.sql(sql)
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
