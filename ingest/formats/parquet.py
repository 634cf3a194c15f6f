"""Parquet, read a slice at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from ingest.errors import MissingColumn, UnreadableFile
from ingest.formats.opening import as_file
from ingest.schema import FIELDS, RECORD, REJECT, REQUIRED_FIELDS, Batch, ColumnMap

BATCH_ROWS: Final = 20_000
MAGIC: Final = b"PAR1"
NO_TEXT: Final = (pl.Binary, pl.Boolean, pl.Duration, pl.Time)


class ParquetFormat:
    """`parquet`: known by its magic bytes."""

    name = "parquet"

    def detects(self, head: bytes, path: Path) -> bool:
        """Known by content alone; the name does not matter."""
        del path
        return head.startswith(MAGIC)

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read with projection, so that columns of no use are never decoded."""
        with as_file(path) as file:
            yield from _read_file(file, path, columns)


def _read_file(file: Path, path: Path, columns: ColumnMap) -> Iterator[Batch]:
    try:
        scan = pl.scan_parquet(file, glob=False)
        found = scan.collect_schema()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnreadableFile(path, f"not a whole Parquet file ({_first_line(error)})") from error
    fields = {field: columns.get(field, field) for field in FIELDS}
    for field in (*REQUIRED_FIELDS, *columns):
        if fields[field] not in found:
            raise MissingColumn(path, field, found.names())
    wanted = [
        _column(path, name, found[name], field) if name in found else pl.lit(None).alias(field)
        for field, name in fields.items()
    ]
    records = (
        scan.select(wanted)
        .rename({"paper_id": "source_paper_id"})
        .with_row_index("source_line", offset=1)
        .with_columns(published_kind=pl.lit(None))
        .select(pl.col(name).cast(dtype) for name, dtype in RECORD.items())
    )
    try:
        for frame in records.collect_batches(chunk_size=BATCH_ROWS, maintain_order=True):
            yield Batch(frame, pl.DataFrame(schema=REJECT))
    except pl.exceptions.PolarsError as error:
        raise UnreadableFile(
            path, f"the Parquet data is damaged or does not fit ({_first_line(error)})"
        ) from error


def _column(path: Path, name: str, dtype: pl.DataType, field: str) -> pl.Expr:
    column = pl.col(name)
    if field == "upvotes":
        if not (dtype.is_numeric() or dtype == pl.Null):
            raise UnreadableFile(path, f"column '{name}' is {dtype}, not whole numbers")
        return _whole(column, dtype).alias(field)
    if field == "authors" and dtype.is_nested():
        return _names(column, dtype).alias(field)
    if dtype.is_nested() or isinstance(dtype, NO_TEXT):
        raise UnreadableFile(path, f"column '{name}' is {dtype}, not text")
    text = _digits(column) if dtype.is_float() else column.cast(pl.String)
    return pl.when(text != "").then(text).alias(field)


def _whole(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Return whole numbers; tools that know no missing ones write them as 3.0 beside NaN."""
    if dtype.is_integer() or dtype == pl.Null:
        return column
    return _digits(column.cast(pl.Float64)).cast(pl.Int64)  # 3.5 is refused there


def _digits(column: pl.Expr) -> pl.Expr:
    """Return numbers as text, whole ones without a fraction."""
    return pl.when(column.is_not_nan()).then(column.cast(pl.String).str.strip_suffix(".0"))


def _names(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Return a list of names, or of objects with a name, as one text."""
    if dtype == pl.List(pl.String):
        return column.list.join("; ")
    inner = dtype.inner if isinstance(dtype, pl.List) else None
    if isinstance(inner, pl.Struct) and pl.Field("name", pl.String) in inner.fields:
        return column.list.eval(pl.element().struct.field("name")).list.join("; ")
    return pl.lit(None)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0][:200]
