"""Killed, doubled and damaged runs: readers keep the old file and the next run is whole."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from tests.conftest import run_papertally

MORE = [
    {"title": f"Paper {n} on BERT", "abstract": f"Text {n} compares BERT and GPT-4 on GLUE."}
    for n in range(3000)
]


@pytest.fixture
def more_papers(tmp_path: Path) -> Path:
    path = tmp_path / "more.jsonl"
    path.write_text("".join(json.dumps(paper) + "\n" for paper in MORE))
    return path


def start(home: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "papertally", *arguments],
        env=os.environ | {"PAPERTALLY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def counts(home: Path) -> tuple[int, int]:
    with duckdb.connect((home / "current.duckdb").resolve(), read_only=True) as con:
        row = con.sql(
            "select (select count(*) from marts.dim_papers), (select count(*) from marts.fct_mentions)"
        ).fetchone()
    assert row is not None
    return row


@pytest.mark.parametrize("kill_group", [True, False], ids=["with its children", "parent only"])
@pytest.mark.parametrize("seconds", [0.8, 2.5, 5.0, 9.0], ids=lambda s: f"after {s} s")
def test_a_killed_run_changes_nothing_and_the_next_is_whole(
    home_copy: Path, more_papers: Path, seconds: float, kill_group: bool
) -> None:
    before, pointed = counts(home_copy), (home_copy / "current.duckdb").resolve()
    run = start(home_copy, "run", str(more_papers))
    time.sleep(seconds)
    assert run.poll() is None, "the run ended before it could be killed"
    if kill_group:
        os.killpg(run.pid, signal.SIGKILL)
    else:
        run.kill()
    run.wait()
    assert (home_copy / "current.duckdb").resolve() == pointed
    assert counts(home_copy) == before

    done = run_papertally(home_copy, "run", str(more_papers), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["papers"] == before[0] + len(MORE)
    with duckdb.connect(home_copy / "current.duckdb", read_only=True) as con:
        landed = con.sql("select count(*), count(distinct record_hash) from raw.papers").fetchall()
        assert landed == [(before[0] + len(MORE),) * 2]
    assert not list((home_copy / "versions").glob("*.partial"))


def test_a_copy_cut_short_in_publish_is_never_pointed_to(home_copy: Path) -> None:
    pointed = (home_copy / "current.duckdb").resolve()
    partial = home_copy / "versions" / "warehouse-half.partial"
    partial.write_bytes(pointed.read_bytes()[:1000])
    (home_copy / ".current.next").symlink_to("versions/warehouse-half.duckdb")
    assert run_papertally(home_copy, "check").returncode == 0
    assert run_papertally(home_copy, "publish").returncode == 0
    assert not partial.exists()
    assert counts(home_copy)[0] == 224


def test_two_pipelines_one_waits_or_says_whose_lock_it_is(
    home_copy: Path, more_papers: Path
) -> None:
    first = start(home_copy, "run", str(more_papers))
    time.sleep(1.5)
    second = run_papertally(home_copy, "build", PAPERTALLY_LOCK_WAIT="0")
    assert second.returncode == 1
    assert f"process {first.pid}" in second.stderr
    assert "since" in second.stderr
    assert first.wait() == 0
    assert counts(home_copy)[0] == 224 + len(MORE)


def test_a_damaged_build_file_is_named_and_the_published_one_restores_it(home_copy: Path) -> None:
    build_file = home_copy / "build" / "warehouse.duckdb"
    build_file.write_bytes(b"not a database at all" * 500)
    done = run_papertally(home_copy, "run")
    assert done.returncode == 1
    assert "cannot be opened" in done.stderr
    assert str(home_copy / "current.duckdb") in done.stderr
    build_file.unlink()
    shutil.copy(home_copy / "current.duckdb", build_file)
    build_file.chmod(0o644)
    assert run_papertally(home_copy, "run").returncode == 0
    assert counts(home_copy)[0] == 224


def test_readers_see_old_or_new_while_publications_happen(home_copy: Path) -> None:
    with duckdb.connect((home_copy / "current.duckdb").resolve(), read_only=True) as con:
        for _ in range(2):
            assert run_papertally(home_copy, "check").returncode == 0
            assert run_papertally(home_copy, "publish", PAPERTALLY_KEEP_VERSIONS="1").returncode == 0
        # the file that this reader holds is pruned by now, and still answers
        assert con.sql("select count(*) from marts.dim_papers").fetchall() == [(224,)]
    assert counts(home_copy)[0] == 224
