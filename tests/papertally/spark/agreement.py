"""Two builds of one input compared row for row: DuckDB's file and the lake that Spark wrote."""

from pathlib import Path
from typing import Final

import duckdb

LEFT_OUT: Final = frozenset(
    {"check_results", "dbt_tests", "runs", "extraction_scores", "extraction_errors"}
)
"""Tables that the gate and the scoring write, after the models."""


def disagreements(build_file: Path, lake: Path) -> dict[str, tuple[int, int]]:
    """Return, for each table that differs, rows that only DuckDB and that only Spark has.

    Floats are compared to nine digits: sums are taken in another order.
    """
    found: dict[str, tuple[int, int]] = {}
    with duckdb.connect(build_file, read_only=True) as con:
        tables = con.execute(
            "select schema_name, table_name from duckdb_tables()"
            " where schema_name in ('marts', 'quality')"
        ).fetchall()
        for schema, table in tables:
            if table in LEFT_OUT:
                continue
            columns = ", ".join(
                f"printf('%.8e', {name})" if kind == "DOUBLE" else f"{name}::{kind}"
                for name, kind, *_ in con.execute(f"describe {schema}.{table}").fetchall()
            )
            ours = f"select {columns} from {schema}.{table}"
            theirs = f"select {columns} from read_parquet('{lake / schema / table}/*.parquet')"
            only = con.execute(
                f"select (select count(*) from ({ours} except all {theirs})),"
                f" (select count(*) from ({theirs} except all {ours}))"
            ).fetchone()
            assert only is not None
            if any(only):
                found[f"{schema}.{table}"] = (only[0], only[1])
        assert len(tables) > len(LEFT_OUT)
    return found
