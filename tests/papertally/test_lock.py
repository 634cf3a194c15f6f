"""One pipeline a home: the second waits, or says whose lock it is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from papertally.errors import PapertallyError
from papertally.lock import pipeline_lock
from papertally.settings import load_settings
from tests.conftest import run_papertally
from tests.papertally.faults import settings_of


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
