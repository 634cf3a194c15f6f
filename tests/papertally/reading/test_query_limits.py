"""What a query may not do or take: refused in words, and the process that asked goes on."""

from pathlib import Path
from typing import get_args

import duckdb
import polars as pl
import pytest

from papertally.errors import UsageError
from papertally.reading.query import Limits, OutputFormat, Running, render
from papertally.reading.query_child import (
    TABLE_FUNCTIONS,
    RefusedError,
    checked,
    readable,
    refuse_far_dates,
)

READING = [
    "select 1",
    "from marts.dim_papers",
    "explain select 1",
    "/* note */ with a as (select 1) from a -- end",
    "select * from unnest([1, 2])",
    "values (1)",
]
REFUSED = [
    *("", "select 1; select 2", "drop table x", "create temp table x as select 1", "begin"),
    *("insert into x values (1)", "update x set a = 1", "delete from x", "vacuum", "checkpoint"),
    *("attach ':memory:' as x", "copy (select 1) to 'x'", "export database 'x'", "use marts"),
    *("install httpfs", "load httpfs", "set threads = 1", "reset threads", "pragma version"),
    *("call pragma_version()", "set variable x = 1", "prepare x as select 1", "execute x"),
    *("explain drop table x", "explain (format json) select 1", "/* select */ drop table x"),
    *("select getenv('HOME')", "select main.getenv('HOME')", "select 'HOME'.getenv()"),
    *("select (select max(x) from (select getenv('A') as x))", "select 1 \0", "drop\u200btable x"),
    *("from json_execute_serialized_sql('x')", "select * from query('drop table x')"),
]


@pytest.mark.parametrize("sql", READING)
def test_what_reads_passes(sql: str) -> None:
    with duckdb.connect() as con:
        checked(con, sql)


def test_every_type_of_duckdb_is_returned_in_every_format_or_refused_in_words() -> None:
    with duckdb.connect() as con:
        types = con.sql("from test_all_types()")
        refused = []
        for column in types.columns:
            relation = con.cursor().sql("from test_all_types()").project(f'"{column}"')
            table = readable(relation).to_arrow_table()
            try:
                refuse_far_dates(table)
            except RefusedError:
                refused.append(column)
                continue
            for output in get_args(OutputFormat):
                assert render(pl.DataFrame(table), output)
    far = {"date", "timestamp", "timestamp_s", "timestamp_ms", "timestamp_tz"}
    assert set(refused) == far  # they hold infinity


@pytest.mark.parametrize("sql", REFUSED)
def test_what_does_more_is_refused(sql: str) -> None:
    with duckdb.connect() as con, pytest.raises((RefusedError, duckdb.Error)):
        checked(con, sql)


def test_every_other_table_function_of_duckdb_is_refused() -> None:
    with duckdb.connect() as con:
        names = con.sql(
            "select distinct function_name from duckdb_functions() "
            "where function_type in ('table', 'table_macro')"
        ).fetchall()
        for (name,) in names:
            if name not in TABLE_FUNCTIONS:
                with pytest.raises((RefusedError, duckdb.Error)):
                    checked(con, f'select * from "{name}"(1)')


@pytest.mark.parametrize(
    "sql",
    [
        "with recursive t as (select 1 as a union all select a + 1 from t) select max(a) from t",
        "select count(*) from range(1000000) a, range(1000000) b where a.range % 7 = b.range % 11",
        "select repeat('a', 4000000000)",
        "select list(range(1000000000))",
        "select * from '/etc/passwd'",
        "select * from os",
    ],
)
def test_what_takes_too_much_is_ended(published_home: Path, sql: str) -> None:
    path = (published_home / "current.duckdb").resolve()
    with pytest.raises(UsageError, match=r"ended|refuses"):
        Running(path, sql, Limits(seconds=4, memory_mb=256)).answer()


@pytest.mark.parametrize("suffix", ["csv", "json", "parquet", "duckdb"])
def test_a_file_is_no_table(published_home: Path, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"secret.{suffix}"
    with duckdb.connect(file if suffix == "duckdb" else ":memory:") as con:
        con.execute("create table secret as select 'secret' as a")
        if suffix != "duckdb":
            con.execute(f"copy secret to '{file}'")
    path = (published_home / "current.duckdb").resolve()
    with pytest.raises(UsageError, match="refuses"):
        Running(path, f"from '{file}'", Limits(seconds=20)).answer()


def test_a_day_that_frames_do_not_have_is_said(published_home: Path) -> None:
    path = (published_home / "current.duckdb").resolve()
    with pytest.raises(UsageError, match="outside of the years 1 to 9999"):
        Running(path, "select date 'infinity' as far", Limits(seconds=20)).answer()
