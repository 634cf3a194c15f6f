"""The lake: what is written as Parquet is what the warehouse holds, and comes back as it was."""

from pathlib import Path

import duckdb
import pytest

from papertally.settings import load_settings
from papertally.warehouse.build_file import build_connection
from papertally.warehouse.lake import load_raw, write_raw
from tests.conftest import Papertally, run_papertally

RAW = ("papers", "loads", "load_verdicts", "rejected_papers")


@pytest.fixture(scope="module")
def lake(published_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lake") / "a 'quoted' lake"
    done = run_papertally(published_home, "lake", "write", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def test_raw_rows_come_back_as_they_were(built_file: Path, lake: Path, tmp_path: Path) -> None:
    settings = load_settings({"PAPERTALLY_HOME": str(tmp_path / "home")})
    with build_connection(settings) as con:
        assert load_raw(con, lake) == 1
        assert load_raw(con, lake) == 0  # what is there is not added again
        con.execute(f"attach '{built_file}' as other (read_only)")
        for table in RAW:
            for one, two in (("raw", "other.raw"), ("other.raw", "raw")):
                rows = con.sql(f"from {one}.{table} except all from {two}.{table}").fetchall()
                assert rows == [], table


def test_marts_are_the_published_ones(built_file: Path, lake: Path) -> None:
    with duckdb.connect(built_file, read_only=True) as con:
        tables = con.sql(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
        assert len(tables) == len(list((lake / "marts").iterdir()))
        for (table,) in tables:
            files = str(lake / "marts" / table / "**" / "*.parquet").replace("'", "''")
            there = f"from read_parquet('{files}', hive_partitioning = false)"
            assert con.sql(f"from marts.{table} except all {there}").fetchall() == [], table
            assert con.sql(f"{there} except all from marts.{table}").fetchall() == [], table


def test_a_month_is_a_folder(built_file: Path, lake: Path) -> None:
    with duckdb.connect(built_file, read_only=True) as con:
        months = con.sql(
            "select distinct coalesce(strftime(published_on, '%Y-%m'), 'undated')"
            " from marts.dim_papers"
        ).fetchall()
    folders = {folder.name for folder in (lake / "marts" / "dim_papers").iterdir()}
    assert folders == {f"lake_month={month}" for (month,) in months}


def test_tables_without_a_row_say_what_their_columns_are(tmp_path: Path) -> None:
    settings = load_settings({"PAPERTALLY_HOME": str(tmp_path / "home")})
    with build_connection(settings) as con:
        write_raw(con, tmp_path / "lake")
        assert load_raw(con, tmp_path / "lake") == 0


def test_a_folder_that_is_no_lake_is_said(papertally: Papertally, tmp_path: Path) -> None:
    done = papertally("lake", "load", str(tmp_path))
    assert done.returncode == 2
    assert "no raw layer here" in done.stderr
