"""One pipeline at a time in one home."""

import fcntl
import json
import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime

from papertally.errors import PapertallyError
from papertally.settings import Settings


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
        holder = {
            "pid": os.getpid(),
            "command": command,
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(holder).encode(), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, settings: Settings, say: Callable[[str], None]) -> None:
    deadline = time.monotonic() + settings.lock_wait
    has_spoken = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            whose = _holder(descriptor)
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


def _holder(descriptor: int) -> str:
    try:
        holder = json.loads(os.pread(descriptor, 4096, 0))
        return f"papertally {holder['command']} (process {holder['pid']}, since {holder['since']})"
    except (ValueError, KeyError):
        return "another papertally process"
