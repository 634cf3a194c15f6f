"""Whole tables as files."""

from typing import Literal

import duckdb

from papertally.reading.query import render
from queries import schema


def whole_table(path: str, table_name: str, output: Literal["csv", "parquet"]) -> bytes:
    """Return a public table of a published file in full.

    Raises:
        ValueError: there is no public table of that name.
    """
    with duckdb.connect(path, read_only=True) as con:
        known: list[str] = schema.tables(con)["table_name"].to_list()
        if table_name not in known:
            raise ValueError(f"no public table {table_name!r}")
        return render(con.sql(f"select * from {table_name}").pl(), output)
