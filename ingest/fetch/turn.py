"""Whose turn it is: one connection to a provider, and its pace, across commands."""

import fcntl
import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.fetch.errors import FetchError


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and waiting, so that tests need not wait."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


class Turn:
    """The right to ask one group of providers.

    The time of the last request is the modification time of the lock file, so that the pace
    holds from one command to the next as well.
    """

    def __init__(self, lock: Path, pace: float, clock: Clock) -> None:
        self._lock = lock
        self._pace = pace
        self._clock = clock

    def wait(self) -> None:
        """Wait until the provider may be asked again, and note that it is asked now."""
        passed = self._clock.now() - self._lock.stat().st_mtime
        self._clock.sleep(min(max(self._pace - passed, 0), self._pace))
        now = self._clock.now()
        os.utime(self._lock, (now, now))


@contextmanager
def take_turn(folder: Path, group: str, pace: float, clock: Clock) -> Generator[Turn]:
    """Hold the only connection to a group of providers.

    Raises:
        FetchError: another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / f".{group}.lock"
    is_new = not lock.exists()
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FetchError(
                f"Another fetch from {group} is running in {folder}; providers ask for one"
                " connection at a time. Wait for it to end."
            ) from None
        if is_new:
            os.utime(lock, (0, 0))
        yield Turn(lock, pace, clock)
