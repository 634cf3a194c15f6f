"""Rows as a table for people, or as CSV, JSON or Parquet."""

import io
import json
from typing import Final, Literal

import polars as pl
import polars.selectors as cs

from papertally.visible import FORMULA_STARTS, in_json, visible

OutputFormat = Literal["table", "csv", "json", "parquet"]
_CELLS: Final = cs.numeric() | cs.temporal() | cs.string() | cs.boolean() | cs.by_dtype(pl.Null)


def render(frame: pl.DataFrame, output: OutputFormat) -> bytes:
    """Return the rows in one of the formats, ready for standard output.

    In CSV a text cell that a spreadsheet would run as a formula gets an apostrophe in
    front; the other formats hold every value as it is.
    """
    if output == "csv":
        text = pl.col(pl.String)
        risky = text.str.slice(0, 1).is_in(FORMULA_STARTS)
        guarded = _as_cells(frame).with_columns(
            pl.when(risky).then("'" + text).otherwise(text).name.keep()
        )
        heads = {name: f"'{name}" for name in frame.columns if name.startswith(FORMULA_STARTS)}
        return guarded.rename(heads).write_csv().encode()
    if output == "json":
        rows = json.dumps(frame.to_dicts(), default=str, ensure_ascii=False)
        return f"{in_json(rows)}\n".encode()
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
        return f"{visible(str(frame))}\n".encode()


def _as_cells(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with every column as one that CSV has: lists and the like as JSON."""
    one_of_few = frame.with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
    nested = one_of_few.select(~_CELLS).columns
    texts = {
        name: [None if value is None else _json(value) for value in one_of_few[name].to_list()]
        for name in nested
    }
    return one_of_few.with_columns(
        pl.Series(name, values, dtype=pl.String) for name, values in texts.items()
    )


def _json(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)
