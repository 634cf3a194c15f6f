"""One pipeline at a time in one home."""

import fcntl
import json
import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from papertally.errors import PapertallyError
from papertally.settings import Settings

CLEARED: Final = "is_cleared_at_end"
"""Stands in the lock of who takes its name off at the end: found later, it was killed."""


@contextmanager
def pipeline_lock(
    settings: Settings, command: str, say: Callable[[str], None] = lambda text: None
) -> Generator[int]:
    """Hold the home's lock and yield its descriptor.

    The lock is the kernel's (flock), so that a dead process never holds it. Children that
    get the descriptor share it: an orphaned dbt keeps the next run waiting until it ends.

    Raises:
        PapertallyError: another pipeline still holds it after `settings.lock_wait` seconds.
    """
    settings.build_dir.mkdir(parents=True, exist_ok=True)
    path = settings.build_dir / "pipeline.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(descriptor, settings, say)
        if CLEARED in os.pread(descriptor, 4096, 0).decode(errors="replace"):
            say(
                f"{_holder(descriptor)} did not end of itself. Readers still see what it left "
                "them, and this run goes on from what it had landed."
            )
        holder = {
            "pid": os.getpid(),
            "command": command,
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
            CLEARED: True,
        }
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(holder).encode(), 0)
        try:
            yield descriptor
        finally:
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, settings: Settings, say: Callable[[str], None]) -> None:
    deadline = time.monotonic() + settings.lock_wait
    has_spoken = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            whose = _holder(descriptor, is_at_work=True)
            if time.monotonic() >= deadline:
                raise PapertallyError(
                    f"{whose} is working in {settings.home}. Wait for it to end, or stop it; "
                    "PAPERTALLY_LOCK_WAIT sets how long to wait."
                ) from None
            if not has_spoken:
                say(f"Waiting for {whose} to end …")
                has_spoken = True
            time.sleep(0.1)
        else:
            return


def _holder(descriptor: int, *, is_at_work: bool = False) -> str:
    try:
        holder = json.loads(os.pread(descriptor, 4096, 0))
        command, process, since = holder["command"], int(holder["pid"]), holder["since"]
    except (ValueError, KeyError, TypeError):
        return "Another papertally process"
    is_orphaned = is_at_work and not _lives(process)
    ended = "; it has ended, what it started has not" if is_orphaned else ""
    return f"papertally {command} (process {process}, since {since}{ended})"


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
