"""Whole public tables as files, streamed, with what is needed to cite them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl
import pyarrow.parquet as pq

from papertally.errors import UsageError
from papertally.reading.query import render
from papertally.settings import Settings
from papertally.warehouse.published_file import current_file, read_only_connection

BATCH_ROWS: Final = 50_000
TABLES = """
select schema_name || '.' || table_name as name
from duckdb_tables()
where schema_name in ('marts', 'quality')
order by all
"""
LAST_RUN = "select * from quality.runs order by finished_at desc limit 1"


def export(settings: Settings, folder: Path, tables: Sequence[str], suffix: str) -> dict[str, Any]:
    """Write public tables into a folder, one file each, and a metadata.json; return that.

    Args:
        settings: where the published file is.
        folder: to write into; made where it is not there.
        tables: names, with or without schema; all marts when there are none.
        suffix: parquet, csv or jsonl.

    Raises:
        UsageError: a table is not public.
    """
    version = current_file(settings)  # once: a publication may happen meanwhile
    with read_only_connection(version) as con:
        public = [str(row[0]) for row in con.sql(TABLES).fetchall()]
        wanted = [_public(name, public) for name in tables] or [
            name for name in public if name.startswith("marts.")
        ]
        folder.mkdir(parents=True, exist_ok=True)
        written: list[dict[str, Any]] = []
        for name in wanted:
            path = folder / f"{name.removeprefix('marts.')}.{suffix}"
            written.append({"table": name, "file": path.name, "rows": _write(con, name, path)})
        runs = con.sql(LAST_RUN).pl().to_dicts()
    metadata = {
        "snapshot": version.stem,
        "run": runs[0] if runs else None,
        "cite_as": f"Papertally, snapshot {version.stem}",
        "tables": written,
    }
    text = json.dumps(metadata, indent=2, default=str, ensure_ascii=False)
    (folder / "metadata.json").write_text(f"{text}\n")
    return metadata


def _public(name: str, public: Sequence[str]) -> str:
    qualified = name if "." in name else f"marts.{name}"
    if qualified not in public:
        raise UsageError(f"{name!r} is not a public table. There are: {', '.join(public)}.")
    return qualified


def _write(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> int:
    """Stream a table into a file, whose name ends with its format; return its rows."""
    reader: Any = con.cursor().sql(f"select * from {table}").to_arrow_reader(BATCH_ROWS)
    rows = 0
    partial = path.with_name(f"{path.name}.partial")
    if path.suffix == ".parquet":
        with pq.ParquetWriter(partial, reader.schema, compression="zstd") as opened:
            writer: Any = opened
            for batch in reader:
                writer.write_batch(batch)
                rows += batch.num_rows
    else:
        with partial.open("wb") as file:
            if path.suffix == ".csv":
                file.write(f"{','.join(reader.schema.names)}\n".encode())
            for batch in reader:
                frame = pl.DataFrame(batch)
                file.write(_lines(frame, path.suffix))
                rows += len(frame)
    partial.replace(path)
    return rows


def _lines(frame: pl.DataFrame, suffix: str) -> bytes:
    if suffix == ".csv":
        return render(frame, "csv").split(b"\n", 1)[1]
    return frame.write_ndjson().encode()
