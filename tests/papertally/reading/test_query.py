"""`papertally query`: what it prints, and what it refuses."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from papertally.errors import UsageError
from papertally.reading.query import run_query
from papertally.settings import load_settings
from papertally.warehouse.published_file import current_file
from tests.conftest import run_papertally


def test_formats_hold_the_same_rows(published_home: Path, tmp_path: Path) -> None:
    sql = "select entity_name, paper_count from marts.entity_counts order by all limit 20"
    as_json = json.loads(run_papertally(published_home, "query", sql, "--format", "json").stdout)
    as_csv = run_papertally(published_home, "query", sql, "--format", "csv").stdout
    target = tmp_path / "rows.parquet"
    with target.open("wb") as file:
        command = [sys.executable, "-m", "papertally", "query", sql, "--format", "parquet"]
        environment = os.environ | {"PAPERTALLY_HOME": str(published_home)}
        subprocess.run(command, env=environment, stdout=file, check=True)
    assert pl.read_csv(io.StringIO(as_csv)).to_dicts() == as_json
    assert pl.read_parquet(target).to_dicts() == as_json


def test_cells_that_a_spreadsheet_would_run_are_guarded(published_home: Path) -> None:
    sql = "select '=1+1' as a, '-x' as b, 'plain' as c, -5 as d"
    done = run_papertally(published_home, "query", sql, "--format", "csv")
    assert done.stdout == "a,b,c,d\n'=1+1,'-x,plain,-5\n"


@pytest.mark.parametrize(
    "sql",
    [
        "drop table marts.dim_papers",
        "delete from marts.dim_papers",
        "create table x as select 1",
        "select 1; select 2",
        "attach '/tmp/x.duckdb' as x",
        "copy marts.dim_papers to '/tmp/x.csv'",
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "pragma database_list",
        "select * from nowhere",
        "selec 1",
        "",
    ],
)
def test_what_does_not_only_read_the_warehouse_is_refused(published_home: Path, sql: str) -> None:
    settings = load_settings({"PAPERTALLY_HOME": str(published_home)})
    with pytest.raises(UsageError):
        run_query(settings, sql)


def test_a_refusal_is_a_sentence(published_home: Path) -> None:
    done = run_papertally(published_home, "query", "select * from nowhere")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("papertally: ")
    assert "Traceback" not in done.stderr


def test_a_file_that_is_removed_before_it_is_opened_is_asked_for_anew(
    published_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings({"PAPERTALLY_HOME": str(published_home)})
    found = iter([published_home / "versions" / "warehouse-gone.duckdb", current_file(settings)])
    monkeypatch.setattr("papertally.reading.query.current_file", lambda _: next(found))
    assert run_query(settings, "select count(*) from marts.dim_papers").item() == 224
