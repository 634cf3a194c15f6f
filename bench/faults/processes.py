"""Commands as processes of their own: run, timed by CPU, killed alone or with their children."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.faults.homes import ROOT, require

TICKS = os.sysconf("SC_CLK_TCK")
POLL_SECONDS = 0.03


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    said: str
    cpu_seconds: float

    @property
    def was_killed(self):
        return self.code == -signal.SIGKILL


def papertally(home, *arguments, changes=None, **options):
    """Run a command to its end, or until it is killed before its nth change to the home."""
    module = ["papertally"] if changes is None else ["bench.faults.kill", str(changes)]
    return finish(start(home, [*module, *arguments], **options))


def refuses(done, *words, code=1):
    """Require that a command ended with words for people."""
    require(done.code == code, f"exit code {done.code}: {done.said[-500:]}")
    require("Traceback" not in done.said, f"a traceback: {done.said[-800:]}")
    for word in words:
        require(word in done.said, f"{word!r} is not in: {done.said[-500:]}")


def start(home, module_and_arguments, *, environment=None, before=()):
    return subprocess.Popen(
        [*before, sys.executable, "-m", *map(str, module_and_arguments)],
        env=os.environ | {"PAPERTALLY_HOME": str(home)} | (environment or {}),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process):
    _, said = process.communicate()
    return Ended(process.returncode, said, 0.0)


def kill_after(process, cpu_seconds, *, with_children):
    """Kill a command once it and its children have worked so long; tell how it ended."""
    while process.poll() is None and cpu_of(process.pid) < cpu_seconds:
        time.sleep(POLL_SECONDS)
    worked = cpu_of(process.pid)
    if process.poll() is None:
        if with_children:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
    said = process.stderr.read() if with_children else ""  # orphans keep the pipe open
    process.stderr.close()
    return Ended(process.returncode, said, worked)


def timed(home, *arguments):
    """Run a command whole and measure the CPU seconds of it and its children."""
    process = start(home, ["papertally", *arguments])
    worked = 0.0
    while process.poll() is None:
        worked = max(worked, cpu_of(process.pid))
        time.sleep(POLL_SECONDS)
    return Ended(process.returncode, process.stderr.read(), worked)


def cpu_of(session):
    """Return the CPU seconds of all processes of a session, those that ended included."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            total += sum(map(int, fields[11:15]))
    return total / TICKS


def end_session(session):
    """End what a killed command left behind, and wait until it has let go of its files."""
    while left := list(living(session)):
        for process in left:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        time.sleep(POLL_SECONDS)


def living(session):
    """Yield the processes of a session that have not ended."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] not in "ZX":
                yield int(folder.name)
