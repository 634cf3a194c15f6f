"""A build that has nothing to do is known by what its file was built from."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from papertally.building.built import build_digest, is_built, passed_run
from papertally.errors import PapertallyError
from papertally.pipeline.build import build
from papertally.pipeline.check import check
from papertally.settings import load_settings

CHANGES = {
    "a paper": "insert into raw.papers select * replace (1 as record_hash) from raw.papers limit 1",
    "a paper less": "delete from raw.papers"
    " where record_hash = (select min(record_hash) from raw.papers)",
    "a verdict": "update raw.load_verdicts set is_accepted = false",
    "a load": "insert into raw.loads select * replace ('x' as load_id) from raw.loads",
    "a reject": "insert into raw.rejected_papers"
    " select load_id, loaded_at, source_name, source_file, source_sha256, 9, 'x', 'x', 'x'"
    " from raw.loads",
    "dbt began": "delete from raw.last_build",
}


@pytest.fixture
def copy(built_file: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(shutil.copyfile(built_file, tmp_path / "warehouse.duckdb")) as con:
        yield con


def test_a_published_run_is_built_and_passed(copy: duckdb.DuckDBPyConnection) -> None:
    runs = copy.sql("select max(run_id) from quality.runs").fetchall()
    assert is_built(copy, build_digest(copy))
    assert [(passed_run(copy),)] == runs


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_built_again(copy: duckdb.DuckDBPyConnection, change: str) -> None:
    copy.execute(CHANGES[change])
    assert not is_built(copy, build_digest(copy))


def test_models_of_other_papers_or_code_are_not_checked(home_copy: Path) -> None:
    settings = load_settings({"PAPERTALLY_HOME": str(home_copy)})
    for change in (CHANGES["a paper less"], "update raw.last_build set digest = 'other code'"):
        with duckdb.connect(settings.build_file) as con:
            con.execute(change)
        with pytest.raises(PapertallyError, match="papertally build && papertally check"):
            check(settings, "run")


def test_what_a_failed_build_left_is_not_checked(home_copy: Path) -> None:
    settings = load_settings({"PAPERTALLY_HOME": str(home_copy)})
    with duckdb.connect(settings.build_file) as con:
        con.execute("alter table raw.papers drop column title")
        con.execute("delete from raw.last_build")
        # an earlier version's seed, without a column of now: what it has is not what is asked
        con.execute("alter table vocabulary.vocabulary_stop_names drop column long_form")
    with pytest.raises(PapertallyError, match="title"):
        build(settings, "run")
    with pytest.raises(PapertallyError, match="did not come to its end"):
        check(settings, "run")
    with duckdb.connect(settings.build_file, read_only=True) as con:
        assert "long_form" in con.table("vocabulary.vocabulary_stop_names").columns


@pytest.mark.parametrize(
    "later",
    [
        "update quality.extraction_scores set scored_at = now()::timestamp + interval 1 day",
        "update raw.loads set loaded_at = now()::timestamp + interval 1 day",
        "update raw.last_build set built_at = now()::timestamp + interval 1 day",
        "delete from raw.last_build",
    ],
)
def test_what_came_after_the_gate_is_checked_again(
    copy: duckdb.DuckDBPyConnection, later: str
) -> None:
    copy.execute(later)
    assert passed_run(copy) is None
