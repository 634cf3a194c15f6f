"""The lake: raw layer, vocabulary and marts as Parquet folders that DuckDB and Spark both read.

Papers, and what hangs on a paper, lie in one folder a month of publication, so that a reader of
a year opens a year. Everything else is small and lies in one file.
"""

import shutil
from pathlib import Path
from typing import Final

import duckdb

from papertally.errors import UsageError
from papertally.literals import literal
from papertally.settings import PROJECT_ROOT, Settings
from papertally.warehouse.published_file import current_file

RAW: Final = ("loads", "load_verdicts", "rejected_papers", "papers")
PARTITION: Final = "lake_month"
"""YYYY-MM, or `undated`: of the folders' names alone, no column of any table."""

_RAW_MONTH: Final = "strftime(raw.first_day(raw.iso_date(published)), '%Y-%m')"
_PAPER_MONTH: Final = """(
    select strftime(papers.published_on, '%Y-%m')
    from marts.dim_papers as papers where papers.paper_id = rows.paper_id
)"""
_BY_PAPER: Final = frozenset(
    {"dim_papers", "entity_paper_methods", "entity_papers", "fct_mentions", "paper_identifiers"}
)


def write_raw(con: duckdb.DuckDBPyConnection, lake: Path) -> None:
    """Write the raw tables of an open warehouse; a table that was there is replaced.

    The 128-bit key of a record is written as 32 hexadecimal digits: Spark has no such
    numbers, and as text of one length they keep their order.
    """
    for table in RAW:
        folder = emptied(lake / "raw" / table)
        if table == "papers":
            columns = "* replace (lpad(hex(record_hash), 32, '0') as record_hash)"
            _write_months(con, f"select {columns}, {_RAW_MONTH} as month from raw.papers", folder)
        else:
            _write_file(con, f"from raw.{table}", folder)


def write_marts(con: duckdb.DuckDBPyConnection, lake: Path) -> None:
    """Write the marts of an open warehouse; a table that was there is replaced."""
    tables = con.execute(
        "select table_name from duckdb_tables() where schema_name = 'marts' order by all"
    ).fetchall()
    for (table,) in tables:
        folder = emptied(lake / "marts" / table)
        if table in _BY_PAPER:
            rows = f"select rows.*, {_PAPER_MONTH} as month from marts.{table} as rows"
            _write_months(con, rows, folder)
        else:
            _write_file(con, f"from marts.{table}", folder)


def write_vocabulary(lake: Path) -> None:
    """Write the seeds, typed as DuckDB reads them."""
    with duckdb.connect() as con:
        for path in sorted((PROJECT_ROOT / "seeds").glob("*.csv")):
            rows = f"from read_csv({literal(path)}, header = true, sample_size = -1)"
            _write_file(con, rows, emptied(lake / "vocabulary" / path.stem))


def load_raw(con: duckdb.DuckDBPyConnection, lake: Path) -> int:
    """Add the loads of a lake that an open warehouse does not hold; return how many.

    One transaction: either all of them are there afterwards, or none.

    Raises:
        UsageError: the folder holds no raw layer.
    """
    if not (lake / "raw" / "papers").is_dir():
        raise UsageError(f"{lake}: no raw layer here; papertally lake write makes one.")
    con.execute("begin")
    con.execute(
        "create temp table wanted as select load_id"
        f" from read_parquet({literal(lake / 'raw' / 'loads' / '*.parquet')})"
        " anti join raw.loads using (load_id)"
    )
    for table in RAW:
        files, columns = lake / "raw" / table / "*.parquet", "*"
        if table == "papers":
            files = lake / "raw" / table / "*" / "*.parquet"
            columns = "* replace (('0x' || record_hash)::uhugeint as record_hash)"
        con.execute(
            f"insert into raw.{table} by name select {columns}"
            f" from read_parquet({literal(files)}, hive_partitioning = false)"
            " semi join wanted using (load_id)"
        )
    row = con.execute("select count(*) from wanted").fetchone()
    con.execute("drop table wanted")
    con.execute("commit")
    return row[0] if row else 0


def write_published(settings: Settings, lake: Path) -> None:
    """Write raw tables and marts of the published file.

    Raises:
        PapertallyError: nothing is published.
    """
    with duckdb.connect(current_file(settings), read_only=True) as con:
        write_raw(con, lake)
        write_marts(con, lake)


def emptied(folder: Path) -> Path:
    """Return the folder, new and empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _write_file(con: duckdb.DuckDBPyConnection, rows: str, folder: Path) -> None:
    con.execute(f"copy ({rows}) to {literal(folder / 'part-0.parquet')} (format parquet)")


def _write_months(con: duckdb.DuckDBPyConnection, rows: str, folder: Path) -> None:
    con.execute(
        f"copy (select * exclude (month), coalesce(month, 'undated') as {PARTITION}"
        f" from ({rows})) to {literal(folder)}"
        f" (format parquet, partition_by ({PARTITION}), overwrite_or_ignore true)"
    )
    if not any(folder.iterdir()):  # no row: a file that says what the columns are
        undated = folder / f"{PARTITION}=undated"
        undated.mkdir()
        _write_file(con, f"select * exclude (month) from ({rows})", undated)
