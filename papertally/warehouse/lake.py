"""The lake: raw layer, vocabulary and marts as Parquet folders that DuckDB and Spark both read.

Papers, and what hangs on a paper, lie in one folder a month of publication, so that a reader of
a year opens a year. Everything else is small and lies in one file.

A table is written beside the others and then takes its place, so that a reader of the lake finds
the old one or the new one.
"""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from papertally.errors import UsageError
from papertally.files import PARTIAL
from papertally.literals import literal
from papertally.settings import PROJECT_ROOT, Settings
from papertally.warehouse.published_file import current_file

RAW: Final = ("papers", "rejected_papers", "load_verdicts", "loads")
"""In the order of writing: a load that is listed is there with all its rows."""

PARTITION: Final = "lake_month"
"""YYYY-MM, or `undated`: of the folders' names alone, no column of any table."""

_OF_LOADS: Final = frozenset({"papers", "rejected_papers"})
_PAPER_COLUMNS: Final = "* replace (lpad(hex(record_hash), 32, '0') as record_hash)"
_RAW_MONTH: Final = "strftime(raw.first_day(raw.iso_date(published)), '%Y-%m')"
_PAPER_MONTH: Final = """(
    select strftime(papers.published_on, '%Y-%m')
    from marts.dim_papers as papers where papers.paper_id = rows.paper_id
)"""
_BY_PAPER: Final = frozenset(
    {"dim_papers", "entity_paper_methods", "entity_papers", "fct_mentions", "paper_identifiers"}
)


def write_raw(con: duckdb.DuckDBPyConnection, lake: Path) -> None:
    """Write the raw tables of an open warehouse, but for those that the lake holds as they are.

    The 128-bit key of a record is written as 32 hexadecimal digits: Spark has no such
    numbers, and as text of one length they keep their order.
    """
    known = _has_loads(con, lake)
    for table in RAW:
        if known and table in _OF_LOADS:
            continue
        with _replaced(lake / "raw" / table) as folder:
            if table == "papers":
                rows = f"select {_PAPER_COLUMNS}, {_RAW_MONTH} as month from raw.papers"
                _write_months(con, rows, folder)
            else:
                _write_file(con, f"from raw.{table}", folder)


def _has_loads(con: duckdb.DuckDBPyConnection, lake: Path) -> bool:
    """Tell whether the lake has just these loads: rows are only ever added, each with its load."""
    papers = lake / "raw" / "papers" / "*" / "*.parquet"
    try:
        there = con.sql(f"select {_PAPER_COLUMNS} from raw.papers limit 0").columns
        here = con.sql(f"{_parquet(papers)} limit 0").columns
        loads = f"(select load_id {_parquet(lake / 'raw' / 'loads' / '*.parquet')})"
        apart = con.sql(
            f"(select load_id from raw.loads except {loads})"
            f" union all ({loads} except select load_id from raw.loads)"
        ).fetchall()
    except duckdb.IOException:  # no such file
        return False
    return here == there and not apart


def write_marts(con: duckdb.DuckDBPyConnection, lake: Path) -> None:
    """Write the marts of an open warehouse; a table that was there is replaced."""
    tables = con.execute(
        "select table_name from duckdb_tables() where schema_name = 'marts' order by all"
    ).fetchall()
    for (table,) in tables:
        with _replaced(lake / "marts" / table) as folder:
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
            with _replaced(lake / "vocabulary" / path.stem) as folder:
                _write_file(con, rows, folder)


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
        f" {_parquet(lake / 'raw' / 'loads' / '*.parquet')}"
        " anti join raw.loads using (load_id)"
    )
    for table in RAW:
        files, columns = lake / "raw" / table / "*.parquet", "*"
        if table == "papers":
            files = lake / "raw" / table / "*" / "*.parquet"
            columns = "* replace (('0x' || record_hash)::uhugeint as record_hash)"
        con.execute(
            f"insert into raw.{table} by name select {columns}"
            f" {_parquet(files)}"
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


@contextmanager
def _replaced(table: Path) -> Generator[Path]:
    """Yield an empty folder; once it is written, it takes the place of a table's."""
    aside = table.parent.with_name(table.parent.name + PARTIAL)
    shutil.rmtree(aside, ignore_errors=True)
    folder = aside / table.name
    folder.mkdir(parents=True)
    yield folder
    _put_in_place(folder, table)
    shutil.rmtree(aside)


def _put_in_place(folder: Path, place: Path) -> None:
    """Move a finished folder to where readers look for it; what was there is removed after."""
    old = folder.with_name(f"{folder.name}-before")
    shutil.rmtree(old, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(old)
    folder.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _parquet(files: Path) -> str:
    return f"from read_parquet({literal(files)}, hive_partitioning = false)"


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
