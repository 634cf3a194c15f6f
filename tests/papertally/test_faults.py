"""Killed, doubled and damaged runs: readers keep the old file and the next run is whole."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import run_papertally

MORE = [
    {
        "title": f"Paper {n} on {('BERT', 'GPT-4', 'CLIP', 'nothing', 'ResNet')[n % 5]}",
        "abstract": f"Text {n} is about {('GLUE', 'SQuAD', 'a thing')[n % 3]}{' too' * (n % 40)}.",
    }
    for n in range(3000)
]


@pytest.fixture
def more_papers(tmp_path: Path) -> Path:
    path = tmp_path / "more.jsonl"
    path.write_text("".join(json.dumps(paper) + "\n" for paper in MORE))
    return path


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "papertally", *arguments],
        env=os.environ | {"PAPERTALLY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(run: subprocess.Popen[str], said: str) -> None:
    """Read what the run says until a line that starts so."""
    assert run.stderr is not None
    for line in run.stderr:
        if line.startswith(said):
            return
    raise AssertionError(f"the run ended without saying {said!r}")


def counts(home: Path) -> tuple[int, int]:
    with duckdb.connect((home / "current.duckdb").resolve(), read_only=True) as con:
        row = con.execute(
            "select (select count(*) from marts.dim_papers),"
            " (select count(*) from marts.fct_mentions)"
        ).fetchone()
    assert row is not None
    return row


IN_INGEST = ("", 1.0, True)
IN_DBT_WITH_ITS_CHILDREN = ("Building", 3.0, True)
IN_DBT_WHICH_LIVES_ON = ("Building", 3.0, False)
IN_THE_GATE = ("Checking", 0.3, True)


def entity_counts(home: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect((home / "current.duckdb").resolve(), read_only=True) as con:
        return con.sql("from marts.entity_counts order by all").fetchall()


@pytest.mark.parametrize(
    "kills",
    [
        pytest.param([IN_INGEST, IN_THE_GATE], id="in ingest, then in the gate"),
        pytest.param([IN_DBT_WHICH_LIVES_ON, IN_DBT_WITH_ITS_CHILDREN], id="twice in dbt"),
    ],
)
def test_killed_runs_change_nothing_and_the_next_is_whole(
    home_copy: Path, more_papers: Path, kills: list[tuple[str, float, bool]]
) -> None:
    before, pointed = counts(home_copy), (home_copy / "current.duckdb").resolve()
    for phase, seconds, kill_group in kills:
        run = start(home_copy, "run", str(more_papers))
        if phase:
            wait_for(run, phase)
        time.sleep(seconds)
        assert run.poll() is None, "the run ended before it could be killed"
        if kill_group:
            os.killpg(run.pid, signal.SIGKILL)
        else:
            run.kill()
        run.communicate()
        assert (home_copy / "current.duckdb").resolve() == pointed
        assert counts(home_copy) == before

    done = run_papertally(home_copy, "run", str(more_papers), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["papers"] == before[0] + len(MORE)
    with duckdb.connect(home_copy / "current.duckdb", read_only=True) as con:
        landed = con.sql("select count(*), count(distinct record_hash) from raw.papers").fetchall()
        assert landed == [(before[0] + len(MORE),) * 2]
    assert not list((home_copy / "versions").glob("*.partial"))


def test_a_copy_cut_short_in_publish_is_never_pointed_to(
    home_copy: Path, pass_gate: Callable[[Path], None]
) -> None:
    pointed = (home_copy / "current.duckdb").resolve()
    partial = home_copy / "versions" / "warehouse-half.partial"
    partial.write_bytes(pointed.read_bytes()[:1000])
    (home_copy / ".current.next").symlink_to("versions/warehouse-half.duckdb")
    pass_gate(home_copy)
    assert run_papertally(home_copy, "publish").returncode == 0
    assert not partial.exists()
    assert counts(home_copy)[0] == 224


def test_two_pipelines_one_waits_or_says_whose_lock_it_is(
    home_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERTALLY_LOCK_WAIT", "600")
    first = start(home_copy, "build")
    wait_for(first, "Building")
    second = run_papertally(home_copy, "check", PAPERTALLY_LOCK_WAIT="0")
    assert second.returncode == 1
    assert f"process {first.pid}" in second.stderr
    assert "since" in second.stderr
    waiting = start(home_copy, "publish")
    wait_for(waiting, "Waiting for papertally build")
    _, said = first.communicate()
    assert first.returncode == 0, said
    _, said = waiting.communicate()
    assert waiting.returncode == 1
    assert "has not passed its gate" in said  # it had its turn, after the build


def test_a_damaged_build_file_is_named_and_the_published_one_restores_it(home_copy: Path) -> None:
    before = entity_counts(home_copy)
    build_file = home_copy / "build" / "warehouse.duckdb"
    build_file.write_bytes(b"not a database at all" * 500)
    done = run_papertally(home_copy, "run")
    assert done.returncode == 1
    assert "cannot be opened" in done.stderr
    assert str(home_copy / "current.duckdb") in done.stderr
    command = done.stderr.split("raw rows too: ")[1].splitlines()[0]
    subprocess.run(shlex.split(command), check=True)
    # and a second run over the same papers adds nothing and keeps every count
    done = run_papertally(home_copy, "run")
    assert done.returncode == 0, done.stderr
    assert "not read again" in done.stderr
    assert entity_counts(home_copy) == before


def test_readers_see_old_or_new_while_publications_happen(
    home_copy: Path, pass_gate: Callable[[Path], None]
) -> None:
    pointed = (home_copy / "current.duckdb").resolve()
    with duckdb.connect(pointed, read_only=True) as con:
        for _ in range(2):
            pass_gate(home_copy)
            done = run_papertally(home_copy, "publish", PAPERTALLY_KEEP_VERSIONS="1")
            assert done.returncode == 0, done.stderr
        # the file that this reader holds is pruned by now, and still answers
        assert not pointed.exists()
        assert con.sql("select count(*) from marts.dim_papers").fetchall() == [(224,)]
    assert counts(home_copy)[0] == 224
