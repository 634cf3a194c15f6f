"""Reading one row, or one value, as a typed thing."""

from collections.abc import Sequence
from typing import Any, TypeVar

import duckdb

Record = TypeVar("Record")


def one(
    con: duckdb.DuckDBPyConnection,
    sql: str,
    record: type[Record],
    params: Sequence[object] = (),
) -> Record | None:
    """Return the first row as a `record`, whose fields are the columns; None without a row."""
    rows = con.sql(sql, params=list(params)).pl().rows(named=True)
    return record(**rows[0]) if rows else None


def scalar(con: duckdb.DuckDBPyConnection, sql: str, params: Sequence[object] = ()) -> Any:
    """Return the first column of the first row."""
    return con.sql(sql, params=list(params)).fetchall()[0][0]
