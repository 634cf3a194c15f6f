"""SQL on the published file, and nothing else: one statement, read-only, rows out."""

import io
import json
from typing import Final, Literal

import duckdb
import polars as pl

from papertally.errors import UsageError
from papertally.settings import Settings
from papertally.warehouse import published_connection

OutputFormat = Literal["table", "csv", "json", "parquet"]
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
READING: Final = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})


def run_query(settings: Settings, sql: str) -> pl.DataFrame:
    """Return the rows of one reading statement on the published file.

    Raises:
        UsageError: not exactly one statement, not one that reads, or DuckDB refuses it.
        PapertallyError: nothing is published.
    """
    with published_connection(settings) as con:
        try:
            statements = con.extract_statements(sql)
            if len(statements) != 1:
                raise UsageError(f"Give one statement, not {len(statements)}.")
            if statements[0].type not in READING:
                raise UsageError("Only statements that read are run: select, from, with, explain.")
            relation = con.sql(sql)
            return relation.pl() if relation else pl.DataFrame()
        except duckdb.Error as error:
            raise UsageError(f"DuckDB refuses the query: {error}") from error


def render(frame: pl.DataFrame, output: OutputFormat) -> bytes:
    """Return the rows in one of the formats, ready for standard output.

    In CSV a text cell that a spreadsheet would run as a formula gets an apostrophe in
    front; the other formats hold every value as it is.
    """
    if output == "csv":
        text = pl.col(pl.String)
        risky = text.str.slice(0, 1).is_in(FORMULA_STARTS)
        guarded = frame.with_columns(pl.when(risky).then("'" + text).otherwise(text).name.keep())
        return guarded.write_csv().encode()
    if output == "json":
        return (json.dumps(frame.to_dicts(), default=str, ensure_ascii=False) + "\n").encode()
    if output == "parquet":
        buffer = io.BytesIO()
        frame.write_parquet(buffer)
        return buffer.getvalue()
    with pl.Config(
        tbl_rows=1000,
        tbl_cols=-1,
        fmt_str_lengths=80,
        tbl_width_chars=160,
        tbl_hide_dtype_separator=True,
    ):
        return f"{frame}\n".encode()
