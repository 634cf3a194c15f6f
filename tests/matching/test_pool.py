"""Batches matched by processes: the same answers, and no process that outlives its parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pytest

from matching import pool
from matching.pool import Matcher
from matching.vocabulary import Alias

ROOT = Path(__file__).resolve().parents[2]
ALIASES = [Alias(1, "BERT", "model", "insensitive", "safe")]
TITLES = pa.array([f"FooNet{at}: a model" if at % 3 else None for at in range(700)])
ABSTRACTS = pa.array([f"We propose FooNet{at}. É BERT and BERTs." for at in range(700)])


@pytest.fixture(scope="module")
def two():
    """A matcher that starts its two processes at the first batch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "_ALONE", 0)
        matcher = Matcher(processes=2)
        yield matcher
        matcher.close()


def test_processes_answer_as_one_does(two):
    alone = Matcher(processes=1)
    key = alone.compile(ALIASES, [])
    assert two.compile(ALIASES, []) == key
    assert two.mentions(ABSTRACTS, key).equals(alone.mentions(ABSTRACTS, key))
    assert two.definitions(TITLES, ABSTRACTS).equals(alone.definitions(TITLES, ABSTRACTS))
    assert len(two.mentions(ABSTRACTS, key)) == 700


def test_a_failure_is_told_and_the_next_batch_is_answered(two):
    key = two.compile(ALIASES, [])
    two._listed["unknown"] = ([(1, "no alias")], [])
    with pytest.raises(RuntimeError, match="ended unexpectedly"):
        two.mentions(ABSTRACTS, "unknown")
    assert len(two.mentions(ABSTRACTS, key).flatten()) == 1400


def test_processes_end_with_a_killed_parent():
    script = (
        "from matching import pool; pool._ALONE = 0\n"
        "import pyarrow as pa, time\n"
        "m = pool.Matcher(2)\n"
        "m.definitions(pa.array(['a'] * 600), pa.array(['b'] * 600))\n"
        "print(*[w._process.pid for w in m._idle.queue], flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as parent:
        children = [int(pid) for pid in parent.stdout.readline().split()]
        parent.send_signal(signal.SIGKILL)
    assert len(children) == 2
    deadline = time.monotonic() + 30
    while any(is_running(pid) for pid in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_running(pid):
    """Whether a process runs; one that ended and that nobody waited for does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] != "Z"
