"""Publishing, killed, cut short or read meanwhile: readers see the old file or the new one."""

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

import duckdb
import pytest

from bench.faults import kill
from papertally.errors import PapertallyError
from papertally.publishing.publish import publish
from papertally.settings import load_settings
from papertally.warehouse.build_file import build_connection
from tests.conftest import ROOT
from tests.papertally.faults import counts, in_another_process, settings_of


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
