"""Killed or on a full disk in a step: half of it is nowhere, and the next run is whole.

The broad sweep, with a kill in every gap of publishing, full disks and fifty readers, is
`bench/faults`; here and in `publishing/` stands one of each kind.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.formats import choose_format
from ingest.land import land_file
from papertally.errors import PapertallyError
from papertally.lock import pipeline_lock
from papertally.publishing.publish import publish
from papertally.settings import load_settings
from papertally.warehouse.build_file import build_connection
from tests.conftest import ROOT
from tests.papertally.faults import counts, settings_of, start

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


def raw_rows(home: Path) -> tuple[Any, ...]:
    with duckdb.connect(home / "build" / "warehouse.duckdb", read_only=True) as con:
        row = con.execute("select count(*), count(distinct record_hash) from raw.papers").fetchone()
    assert row is not None
    return row


def test_killed_in_ingest_half_a_load_is_nowhere_and_the_next_run_lands_it(
    home_copy: Path, more_papers: Path
) -> None:
    pointed, before = (home_copy / "current.duckdb").resolve(), raw_rows(home_copy)
    run = start(home_copy, "ingest", str(more_papers))
    wal = home_copy / "build" / "warehouse.duckdb.wal"
    while not wal.exists() and run.poll() is None:
        time.sleep(0.001)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    assert run.returncode == -signal.SIGKILL, "the run ended before it could be killed"
    assert raw_rows(home_copy) in {before, (224 + len(MORE),) * 2}
    assert (home_copy / "current.duckdb").resolve() == pointed

    settings, said = settings_of(home_copy), []
    with pytest.raises(PapertallyError, match="has not passed its gate"):
        publish(settings)
    with pipeline_lock(settings, "ingest", said.append), build_connection(settings) as con:
        file_format = choose_format(more_papers)
        land_file(con, more_papers, file_format, source_name="x", loaded_by="x", columns={})
    assert f"papertally ingest (process {run.pid}" in said[0]
    assert "did not end of itself" in said[0]
    assert raw_rows(home_copy) == (224 + len(MORE),) * 2


def forget_build(home: Path) -> None:
    """Let the next build have something to do."""
    with duckdb.connect(home / "build" / "warehouse.duckdb") as con:
        con.execute("delete from raw.last_build")


def test_killed_in_dbt_its_orphans_hold_the_lock_and_readers_see_what_they_saw(
    home_copy: Path,
) -> None:
    """That the build after it is whole: `bench/faults`, and "dbt began" in test_built.py."""
    before = counts(home_copy)
    log = home_copy / "build" / "dbt" / "logs" / "dbt.log"
    size = log.stat().st_size
    forget_build(home_copy)
    run = start(home_copy, "build")
    while log.stat().st_size < size + 5000 and run.poll() is None:
        time.sleep(0.05)
    run.kill()
    run.wait()
    settings = load_settings({"PAPERTALLY_HOME": str(home_copy), "PAPERTALLY_LOCK_WAIT": "0"})
    with (
        pytest.raises(PapertallyError, match="it has ended, what it started has not") as refused,
        pipeline_lock(settings, "publish"),
    ):
        pass
    assert f"process {run.pid}" in str(refused.value)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    assert counts(home_copy) == before
    said: list[str] = []
    with pipeline_lock(settings_of(home_copy), "publish", said.append):
        assert f"process {run.pid}" in said[0]
        with pytest.raises(PapertallyError, match="has not passed its gate"):
            publish(settings)
    assert raw_rows(home_copy) == (224, 224)


LAND = """
import resource, sys
from pathlib import Path
import duckdb
from ingest.formats import choose_format
from ingest.land import land_file
from ingest.tables import create_raw_tables
from papertally.errors import in_words
file, con = Path(sys.argv[1]), duckdb.connect(sys.argv[2])
create_raw_tables(con)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    land_file(con, file, choose_format(file), source_name="x", loaded_by="x", columns={})
except duckdb.Error as error:
    print(in_words(error))
"""


def test_on_a_full_disk_landing_says_so(more_papers: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", LAND, str(more_papers), str(tmp_path / "new.duckdb")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Make room and run the command again" in done.stdout, done.stderr
