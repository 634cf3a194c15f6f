"""The lake: the raw layer, the vocabulary and the marts as Parquet folders.

What has a date is partitioned by its month, so that a reader of one year opens one year.
DuckDB and Spark read and write the same folders.
"""

import shutil
from pathlib import Path
from typing import Final

import duckdb

from papertally.settings import PROJECT_ROOT

UNDATED: Final = "undated"
RAW: Final = ("papers", "loads", "load_verdicts", "rejected_papers")

_WRITTEN: Final = {
    "papers": "* replace (printf('%s', lpad(hex(record_hash), 32, '0')) as record_hash)"
}
"""A key of 128 bits is 32 hexadecimal digits: Spark has no such numbers, and text keeps order."""


def write_raw(con: duckdb.DuckDBPyConnection, lake: Path) -> None:
    """Write the raw tables of an open warehouse; what was there is replaced table by table."""
    for table in RAW:
        folder = _emptied(lake / "raw" / table)
        columns = _WRITTEN.get(table, "*")
        if table == "papers":
            con.execute(
                f"copy (select {columns},"
                f" coalesce(strftime(raw.first_day(raw.iso_date(published)), '%Y-%m'), '{UNDATED}')"
                f" as published_month from raw.papers)"
                f" to '{folder}' (format parquet, partition_by (published_month),"
                " overwrite_or_ignore true)"
            )
        else:
            con.execute(f"copy (select {columns} from raw.{table}) to '{folder}/part-0.parquet'")


def write_vocabulary(lake: Path) -> None:
    """Write the seeds, typed as DuckDB reads them."""
    with duckdb.connect() as con:
        for path in sorted((PROJECT_ROOT / "seeds").glob("*.csv")):
            folder = _emptied(lake / "vocabulary" / path.stem)
            con.execute(
                f"copy (from read_csv('{path}', header = true, all_varchar = false,"
                f" sample_size = -1)) to '{folder}/part-0.parquet'"
            )


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
