"""Killed, doubled and damaged runs: readers keep the old file and the next run is whole.

The broad sweep, with a kill in every gap of publishing, full disks and fifty readers, is
`bench/faults`; here stands one of each kind.
"""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bench.faults import kill
from ingest.formats import choose_format
from ingest.land import land_file
from papertally.errors import PapertallyError
from papertally.lock import pipeline_lock
from papertally.pipeline.build import build
from papertally.pipeline.runs import new_run_id
from papertally.publishing.backup import restore_build_file
from papertally.publishing.publish import mark_checked, publish
from papertally.publishing.snapshots import list_snapshots, roll_back
from papertally.reading.query import run_query
from papertally.settings import Settings, load_settings
from papertally.warehouse.build_file import build_connection
from papertally.warehouse.history import versions
from tests.conftest import ROOT, run_papertally

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


def settings_of(home: Path) -> Settings:
    return load_settings({"PAPERTALLY_HOME": str(home)})


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "papertally", *arguments],
        env=os.environ | {"PAPERTALLY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def in_another_process(step: Callable[[], object], kill_at: int = 0) -> int:
    """Do a step in a fork, which is killed before its nth change to the home; return how it ended.

    The step must not use DuckDB, whose threads a fork does not have.
    """
    process = os.fork()
    if not process:
        code = 1
        try:
            kill.seen, kill.kill_at = 0, kill_at
            sys.addaudithook(kill.watch)
            step()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def start_holding_the_lock(home: Path) -> subprocess.Popen[str]:
    code = """
import time
from papertally.lock import pipeline_lock
from papertally.settings import load_settings
with pipeline_lock(load_settings(), "build"):
    print("held", flush=True)
    time.sleep(600)
"""
    holder = subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"PAPERTALLY_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def counts(home: Path) -> tuple[int, int]:
    with duckdb.connect((home / "current.duckdb").resolve(), read_only=True) as con:
        row = con.execute(
            "select (select count(*) from marts.dim_papers),"
            " (select count(*) from marts.fct_mentions)"
        ).fetchone()
    assert row is not None
    return row


def raw_rows(home: Path) -> tuple[Any, ...]:
    with duckdb.connect(home / "build" / "warehouse.duckdb", read_only=True) as con:
        row = con.execute("select count(*), count(distinct record_hash) from raw.papers").fetchone()
    assert row is not None
    return row


def marts(path: Path) -> list[list[tuple[Any, ...]]]:
    """Return every row of the tables that all others are counted from."""
    with duckdb.connect(path, read_only=True) as con:
        return [
            con.sql(f"from marts.{name} order by all").fetchall()
            for name in ("fct_mentions", "entity_counts", "entity_month_counts")
        ]


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


def test_killed_between_any_two_changes_of_publishing_readers_see_old_or_new(
    pass_gate: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, saved = tmp_path / "home", tmp_path / "saved"
    settings = settings_of(home)
    for _ in range(2):
        with build_connection(settings) as con:  # an empty warehouse is quickly copied
            con.execute("insert into raw.load_verdicts values ('load', true, null, now())")
        pass_gate(home)
        if not settings.current.exists():
            publish(settings)
    home.rename(saved)
    monkeypatch.setattr(kill, "HOME", str(home))
    old, seen, ended, change = (saved / "current.duckdb").readlink(), set[Path](), 1, 0
    while ended:
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(saved, home, symlinks=True)
        change += 1
        ended = in_another_process(lambda: publish(settings), kill_at=change)
        assert ended in {0, -signal.SIGKILL}
        pointed = settings.current.readlink()
        with duckdb.connect(settings.current.resolve(), read_only=True) as con:
            verdicts = con.sql("select count(*) from raw.load_verdicts").fetchall()
        assert verdicts == [(1 if pointed == old else 2,)]
        seen.add(pointed)
        publish(settings)
        new = settings.current.readlink()
        last = settings.publications.read_text().splitlines()[-1]
        assert json.loads(last)["version"] == new.name
        assert not list(settings.versions_dir.glob("*.partial"))
    assert change > 8
    assert seen == {old, new}


def test_a_copy_cut_short_in_publish_is_never_pointed_to(
    home_copy: Path, pass_gate: Callable[[Path], None]
) -> None:
    pointed = (home_copy / "current.duckdb").resolve()
    partial = home_copy / "versions" / "warehouse-half.duckdb.partial"
    partial.write_bytes(pointed.read_bytes()[:1000])
    (home_copy / ".current.next").symlink_to("versions/warehouse-half.duckdb")
    pass_gate(home_copy)
    publish(settings_of(home_copy))
    assert not partial.exists()
    assert counts(home_copy)[0] == 224


def test_two_pipelines_one_waits_or_says_whose_lock_it_is(home_copy: Path) -> None:
    holder = start_holding_the_lock(home_copy)
    second = run_papertally(home_copy, "publish", PAPERTALLY_LOCK_WAIT="0")
    assert second.returncode == 1
    assert f"papertally build (process {holder.pid}, since " in second.stderr
    waiting = load_settings({"PAPERTALLY_HOME": str(home_copy), "PAPERTALLY_LOCK_WAIT": "600"})
    said: list[str] = []

    def end_it(text: str) -> None:
        said.append(text)
        holder.kill()

    with pipeline_lock(waiting, "publish", end_it):
        assert said[0].startswith(f"Waiting for papertally build (process {holder.pid}, since ")
        assert "did not end of itself" in said[1]  # its lock went with it, and that is said
    holder.communicate()


@pytest.mark.parametrize("left", ["", "garbage", "12", '{"pid": 1}', "\x00" * 100])
def test_whatever_stands_in_the_lock_file_the_lock_is_the_kernels(
    tmp_path: Path, left: str
) -> None:
    lock = tmp_path / "build" / "pipeline.lock"
    lock.parent.mkdir()
    lock.write_text(left)
    with pipeline_lock(settings_of(tmp_path), "build"):
        assert json.loads(lock.read_text())["pid"] == os.getpid()
        lock.write_text(left)
        waiting = load_settings({"PAPERTALLY_HOME": str(tmp_path), "PAPERTALLY_LOCK_WAIT": "0"})
        with (
            pytest.raises(PapertallyError, match="Another papertally process is working"),
            pipeline_lock(waiting, "check"),
        ):
            pass


def test_a_damaged_build_file_is_named_and_the_published_one_restores_it(home_copy: Path) -> None:
    build_file = home_copy / "build" / "warehouse.duckdb"
    wanted = marts(build_file)
    content = bytearray(build_file.read_bytes())
    content[5000] ^= 1  # in a header, which has a checksum
    settings = settings_of(home_copy)
    for damage in (bytes(content), b""):
        build_file.write_bytes(damage)
        for change in (
            lambda: build(settings, "run"),
            lambda: mark_checked(settings, "r"),
        ):
            with pytest.raises(PapertallyError, match="papertally restore"):
                change()
        assert build_file.read_bytes() == damage
        aside = restore_build_file(settings)
        assert aside is not None
        assert (aside / "warehouse.duckdb").read_bytes() == damage
    build_file.unlink()
    with pytest.raises(PapertallyError, match="papertally restore"):
        mark_checked(settings_of(home_copy), "a-run")
    restore_build_file(settings_of(home_copy))
    assert marts(build_file) == wanted


@pytest.mark.parametrize("fault", ["flipped", "cut", "changed"])
def test_a_build_file_that_is_not_as_the_gate_saw_it_is_not_published(
    home_copy: Path, pass_gate: Callable[[Path], None], fault: str
) -> None:
    pass_gate(home_copy)
    settings = settings_of(home_copy)
    pointed = settings.current.readlink()
    if fault == "changed":
        with duckdb.connect(settings.build_file) as con:
            con.execute("delete from marts.entity_counts")
    else:
        content = bytearray(settings.build_file.read_bytes())
        content[len(content) // 2] ^= 1
        settings.build_file.write_bytes(content if fault == "flipped" else content[:-4096])
    with pytest.raises(PapertallyError, match="not as the gate saw it"):
        publish(settings)
    assert settings.current.readlink() == pointed
    assert len(list(settings.versions_dir.iterdir())) == 1


def test_on_a_full_disk_nothing_is_published_and_nothing_half_stays(
    home_copy: Path, pass_gate: Callable[[Path], None]
) -> None:
    pass_gate(home_copy)
    pointed = (home_copy / "current.duckdb").readlink()
    done = subprocess.run(
        [sys.executable, "-m", "papertally", "publish"],
        env=os.environ | {"PAPERTALLY_HOME": str(home_copy)},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)),
    )
    assert done.returncode == 1
    assert "Make room and run the command again" in done.stderr
    assert "Traceback" not in done.stderr
    assert (home_copy / "current.duckdb").readlink() == pointed
    assert len(list((home_copy / "versions").iterdir())) == 1


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


def test_a_lost_pointer_is_said_and_rollback_sets_it(home_copy: Path) -> None:
    settings = settings_of(home_copy)
    pointer, target = settings.current, settings.current.readlink()
    for wrong in ("versions/gone.duckdb", "current.duckdb", None):
        pointer.unlink()
        if wrong:
            pointer.symlink_to(wrong)
        with pytest.raises(PapertallyError, match="papertally rollback"):
            run_query(settings, "select 1")
        roll_back(settings, "previous")
        assert pointer.readlink() == target


def test_a_damaged_version_is_marked_and_never_rolled_back_to(
    home_copy: Path, pass_gate: Callable[[Path], None]
) -> None:
    settings = settings_of(home_copy)
    for _ in range(2):
        pass_gate(home_copy)
        publish(settings)
    *_, middle, _ = sorted(settings.versions_dir.iterdir())
    middle.chmod(0o644)
    content = bytearray(middle.read_bytes())
    content[len(content) // 2] ^= 1  # it still opens
    middle.write_bytes(content)
    with pytest.raises(PapertallyError, match=f"{middle} is damaged"):
        roll_back(settings, "previous")
    middle.write_bytes(b"nothing of it is left")
    assert [kept.is_readable for kept in list_snapshots(settings)] == [True, False, True]
    roll_back(settings, "previous")
    assert counts(home_copy)[0] == 224


def test_a_damaged_history_stays_as_it_is_and_goes_on(
    home_copy: Path, pass_gate: Callable[[Path], None]
) -> None:
    history = home_copy / "publications.jsonl"
    damaged = history.read_bytes()[:-20] + b"\xff\x00"
    history.write_bytes(damaged)
    pass_gate(home_copy)
    publish(settings_of(home_copy))
    lines = history.read_bytes().split(b"\n")
    assert lines[0] == damaged
    assert [json.loads(line)["action"] for line in lines[1:-1]] == ["found", "publish"]


def test_after_a_clock_that_was_set_back_the_newest_is_still_the_newest(
    home_copy: Path, pass_gate: Callable[[Path], None]
) -> None:
    settings = settings_of(home_copy)
    pass_gate(home_copy)
    publish(settings)
    late = home_copy / "versions" / "warehouse-20990101T000000Z-abcdef.duckdb"
    newest = versions(settings)[0]
    shutil.copyfile(newest, late)
    assert versions(settings)[0] == newest  # the history says so, not the name
    assert f"warehouse-{new_run_id(settings)}" > late.stem


def test_a_published_file_is_removed_only_when_nobody_reads_it(
    home_copy: Path, pass_gate: Callable[[Path], None]
) -> None:
    settings = load_settings({"PAPERTALLY_HOME": str(home_copy), "PAPERTALLY_KEEP_VERSIONS": "1"})

    def publish_another() -> Path:
        pass_gate(home_copy)
        # the lock of a file that this very process has open is not seen by it
        assert in_another_process(lambda: publish(settings)) == 0
        return (home_copy / "current.duckdb").resolve()

    first, now = (home_copy / "current.duckdb").resolve(), time.time()
    second = publish_another()
    assert first.exists()  # somebody may be about to open it
    with duckdb.connect(first, read_only=True) as con:
        os.utime(first, (now - 3600, now - 3600))
        os.utime(second, (now - 3600, now - 3600))
        third = publish_another()
        assert first.exists()
        assert con.sql("select count(*) from marts.dim_papers").fetchall() == [(224,)]
    os.utime(second, (now - 3600, now - 3600))
    fourth = publish_another()
    assert [path.exists() for path in (first, second, third, fourth)] == [False, False, True, True]


def test_readers_get_whole_answers_while_publications_happen(
    home_copy: Path, pass_gate: Callable[[Path], None], tmp_path: Path
) -> None:
    stop = tmp_path / "stop"
    readers = subprocess.Popen(
        [sys.executable, "-m", "bench.faults.reader", "plain", "5", str(stop)],
        env=os.environ | {"PAPERTALLY_HOME": str(home_copy)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert readers.stdout is not None
    assert readers.stdout.readline() == "reading\n"
    for _ in range(5):
        pass_gate(home_copy)
        publish(settings_of(home_copy))
        time.sleep(0.5)
    stop.touch()
    told = json.loads(readers.communicate()[0])
    assert told["errors"] == []
    assert all(told["answers"])
