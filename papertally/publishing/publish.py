"""Publishing: a checked build file becomes what readers see, whole or not at all."""

import fcntl
import json
import os
import shutil
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from papertally.errors import PapertallyError
from papertally.files import PARTIAL, copy_whole, digest, sync_folder, write_whole
from papertally.settings import Settings
from papertally.warehouse import history
from papertally.warehouse.build_file import build_connection
from papertally.warehouse.history import PREFIX, versions
from papertally.warehouse.published_file import published_file

GRACE_SECONDS: Final = 60
"""How long a file that was replaced stays for those who have its name and open it next."""

FLOCK: Final = "hhqqi4x"
"""The kernel's struct flock: type, whence, start, length, process."""

CHECK_AGAIN: Final = "Run: papertally build && papertally check"


def mark_unchecked(settings: Settings) -> None:
    """Say that the build file is about to change: it may not be published until checked."""
    settings.checked_marker.unlink(missing_ok=True)


def mark_checked(settings: Settings, run_id: str) -> None:
    """Say that the build file, byte for byte as it is now, has passed its gate."""
    with build_connection(settings) as con:
        con.execute("checkpoint")
    _refuse_writes_in_flight(settings)
    mark = json.dumps({"run_id": run_id, "digest": digest(settings.build_file)})
    write_whole(settings.checked_marker, lambda path: path.write_text(mark))


def publish(settings: Settings) -> Path:
    """Copy the checked build file to a versioned name and point readers to it.

    Readers see the old file until the copy is whole and on disk; then the pointer is
    replaced in one step. A process killed anywhere in between changes nothing they see.

    Raises:
        PapertallyError: the build file has not passed its gate, is not as the gate saw it,
            or has writes in flight.
    """
    try:
        mark = json.loads(settings.checked_marker.read_text())
        run_id, checked = str(mark["run_id"]), str(mark["digest"])
    except (OSError, ValueError, KeyError, TypeError):
        raise PapertallyError(
            f"The build file has not passed its gate since it last changed. {CHECK_AGAIN}"
        ) from None
    _refuse_writes_in_flight(settings)
    settings.versions_dir.mkdir(parents=True, exist_ok=True)
    clean_up(settings)
    version = settings.versions_dir / f"{PREFIX}{run_id}.duckdb"
    is_there = version.exists() and digest(version) == checked
    if not is_there and copy_whole(settings.build_file, version, checked) is None:
        raise PapertallyError(
            f"The build file {settings.build_file} is not as the gate saw it: it was changed or "
            f"damaged since. Nothing was published. {CHECK_AGAIN}"
        )
    point_to(settings, version, "publish", checked)
    _prune(settings)
    return version


def point_to(
    settings: Settings, version: Path, action: history.Action, digest: str | None = None
) -> None:
    """Switch readers to a published file in one step, and keep a line of it in the history."""
    left = published_file(settings)
    history.append_missing(settings, left)
    if left is not None:
        with suppress(OSError):
            os.utime(left)  # since when it is not the current one
    pointer = settings.home / ".current.next"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(version.relative_to(settings.home))
    pointer.replace(settings.current)
    sync_folder(settings.home)
    history.append(settings, action, version, digest)


def clean_up(settings: Settings) -> None:
    """Remove what a killed run left half-made; call it under the pipeline lock only."""
    for folder in (settings.versions_dir, settings.build_dir):
        for partial in folder.glob(f"*{PARTIAL}"):
            partial.unlink()
    for scratch in settings.build_dir.glob("papertally-*"):
        shutil.rmtree(scratch, ignore_errors=True)
    shutil.rmtree(settings.build_dir / "temp", ignore_errors=True)


def _prune(settings: Settings) -> None:
    """Remove the versions over the limit that nobody reads and nobody is about to open."""
    current = published_file(settings)
    for old in versions(settings)[settings.keep_versions :]:
        with suppress(OSError):
            is_fresh = 0 <= time.time() - old.stat().st_mtime < GRACE_SECONDS
            if old.resolve() != current and not is_fresh and not is_open(old):
                old.unlink()


def is_open(path: Path) -> bool:
    """Tell whether another process has a DuckDB file open, by the lock that DuckDB holds on it.

    Asked of Linux only. Elsewhere the answer is no, and who has a removed file open still
    reads it to its end, as everywhere.
    """
    if sys.platform != "linux":
        return False
    asked = struct.pack(FLOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
    with path.open("rb") as file:
        answer = fcntl.fcntl(file, fcntl.F_GETLK, asked)
    return struct.unpack(FLOCK, answer)[0] != fcntl.F_UNLCK


def _refuse_writes_in_flight(settings: Settings) -> None:
    if (left := Path(f"{settings.build_file}.wal")).exists():
        raise PapertallyError(
            f"The build file has writes in flight ({left}); nothing was published. {CHECK_AGAIN}"
        )
