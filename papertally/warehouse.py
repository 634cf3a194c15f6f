"""The life of the warehouse file: built in private, published whole, read only after."""

import json
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

import duckdb

from expectations.profiles.changes import PREVIOUS
from ingest.tables import create_raw_tables
from papertally.errors import PapertallyError
from papertally.quality import create_quality_tables
from papertally.settings import Settings

PREFIX: Final = "warehouse-"
READ_ONLY: Final = 0o444


@contextmanager
def build_connection(settings: Settings) -> Generator[duckdb.DuckDBPyConnection]:
    """Open the build file for writing, with its raw and quality tables in place.

    Raises:
        PapertallyError: the file is damaged, or somebody else has it open.
    """
    settings.build_dir.mkdir(parents=True, exist_ok=True)
    try:
        con = duckdb.connect(
            settings.build_file,
            config={
                "threads": settings.threads,
                "memory_limit": settings.memory_limit,
                "temp_directory": str(settings.build_dir / "temp"),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
    except duckdb.Error as error:
        raise PapertallyError(
            f"The build file {settings.build_file} cannot be opened: {error}. If another program "
            "has it open, close it. If the file is damaged, put the published one in its place, "
            "which holds the raw rows too: "
            f"install -m 644 {settings.current} {settings.build_file}"
        ) from error
    try:
        create_raw_tables(con)
        create_quality_tables(con)
        yield con
    finally:
        con.close()


def published_file(settings: Settings) -> Path | None:
    """Return the versioned file behind the pointer; None when nothing is published."""
    path = settings.current.resolve()
    return path if path.is_file() else None


@contextmanager
def published_connection(settings: Settings) -> Generator[duckdb.DuckDBPyConnection]:
    """Open the published file read-only, cut off from files, network and extensions.

    Raises:
        PapertallyError: nothing is published, or the file cannot be read.
    """
    path = published_file(settings)
    if path is None:
        raise PapertallyError(
            f"Nothing is published in {settings.home} yet. Run: papertally run FILE…"
        )
    with read_only_connection(path) as con:
        yield con


@contextmanager
def read_only_connection(path: Path) -> Generator[duckdb.DuckDBPyConnection]:
    """Open one published file read-only, cut off from files, network and extensions.

    Raises:
        PapertallyError: the file cannot be read.
    """
    try:
        con = duckdb.connect(
            path,
            read_only=True,
            config={
                "enable_external_access": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "lock_configuration": True,
            },
        )
    except duckdb.Error as error:
        raise PapertallyError(f"The published file {path} cannot be read: {error}") from error
    try:
        yield con
    finally:
        con.close()


def attach(con: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attach a warehouse file under a name, read-only."""
    quoted = str(path).replace("'", "''")
    con.execute(f"attach '{quoted}' as {name} (read_only)")


@contextmanager
def attached_published_file(con: duckdb.DuckDBPyConnection, settings: Settings) -> Generator[None]:
    """Attach what readers see now, read-only, where there is such a file that can be read."""
    path = published_file(settings)
    is_attached = False
    if path is not None:
        with suppress(duckdb.Error):
            attach(con, path, PREVIOUS)
            is_attached = True
    yield
    if is_attached:
        con.execute(f"detach {PREVIOUS}")


def mark_unchecked(settings: Settings) -> None:
    """Say that the build file is about to change: it may not be published until checked."""
    settings.checked_marker.unlink(missing_ok=True)


def mark_checked(settings: Settings, run_id: str) -> None:
    """Say that the build file as it is now has passed its gate."""
    settings.checked_marker.write_text(json.dumps({"run_id": run_id}))


def publish(settings: Settings) -> Path:
    """Copy the checked build file to a versioned name and point readers to it.

    Readers see the old file until the copy is whole and on disk; then the pointer is
    replaced in one step. A process killed anywhere in between changes nothing they see.

    Raises:
        PapertallyError: the build file has not passed its gate, or has writes in flight.
    """
    try:
        run_id = str(json.loads(settings.checked_marker.read_text())["run_id"])
    except (OSError, ValueError, KeyError):
        raise PapertallyError(
            "The build file has not passed its gate since it last changed. "
            "Run: papertally build && papertally check"
        ) from None
    with build_connection(settings) as con:
        con.execute("checkpoint")
    if (left := Path(f"{settings.build_file}.wal")).exists():
        raise PapertallyError(f"{left} was left after a checkpoint; nothing was published.")

    settings.versions_dir.mkdir(parents=True, exist_ok=True)
    clean_up(settings)
    version = settings.versions_dir / f"{PREFIX}{run_id}.duckdb"
    if not version.exists():
        partial = version.with_suffix(".partial")
        shutil.copyfile(settings.build_file, partial)
        partial.chmod(READ_ONLY)
        _sync(partial)
        partial.replace(version)
        _sync(settings.versions_dir)
    point_to(settings, version, "publish")
    _prune(settings)
    return version


def point_to(settings: Settings, version: Path, action: Literal["publish", "rollback"]) -> None:
    """Switch readers to a published file in one step, and keep a line of it in the history."""
    pointer = settings.home / ".current.next"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(version.relative_to(settings.home))
    pointer.replace(settings.current)
    _sync(settings.home)
    entry = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "action": action,
        "version": version.name,
    }
    with settings.publications.open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")


def versions(settings: Settings) -> list[Path]:
    """Return the published files, newest first."""
    return sorted(settings.versions_dir.glob(f"{PREFIX}*.duckdb"), reverse=True)


def clean_up(settings: Settings) -> None:
    """Remove what a killed run left half-made; call it under the pipeline lock only."""
    for partial in settings.versions_dir.glob("*.partial"):
        partial.unlink()
    shutil.rmtree(settings.build_dir / "temp", ignore_errors=True)


def _prune(settings: Settings) -> None:
    """Remove old versions; a reader that still has one open keeps its data until it closes."""
    current = published_file(settings)
    for old in versions(settings)[settings.keep_versions :]:
        if old.resolve() != current:
            with suppress(FileNotFoundError):
                old.unlink()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
