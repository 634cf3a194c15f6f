"""Connections: to the build file for writing, to published files for reading only."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from expectations.profiles.changes import PREVIOUS
from ingest.tables import create_raw_tables
from papertally.errors import PapertallyError
from papertally.warehouse.history import versions
from papertally.warehouse.layout import is_older, keep_copy, refuse_newer, stamp
from papertally.literals import literal
from papertally.warehouse.quality_tables import create_quality_tables
from papertally.settings import Settings
from papertally.terminal import say


@contextmanager
def build_connection(settings: Settings) -> Generator[duckdb.DuckDBPyConnection]:
    """Open the build file for writing, with its raw and quality tables in place.

    Where an earlier version wrote it, a copy of it is kept before its raw tables change.

    Raises:
        PapertallyError: the file is damaged, newer than this program, or somebody else has it
            open.
    """
    settings.build_dir.mkdir(parents=True, exist_ok=True)
    con = _open_build_file(settings)
    try:
        refuse_newer(con, settings.build_file)
        if is_older(con):
            con.execute("checkpoint")
            con.close()
            kept = keep_copy(settings.build_file)
            say(
                f"{settings.build_file} was written by an earlier version; its raw tables are "
                f"brought up to date. As it was, it is kept: {kept}"
            )
            con = _open_build_file(settings)
        con.execute("begin")  # all of it or nothing: what is half changed could not be told
        create_raw_tables(con)
        create_quality_tables(con)
        stamp(con)
        con.execute("commit")
        yield con
    finally:
        con.close()


def _open_build_file(settings: Settings) -> duckdb.DuckDBPyConnection:
    # DuckDB makes a new file where there is none: its rows would be gone unseen
    if not settings.build_file.exists() and published_file(settings):
        raise PapertallyError(
            f"The build file {settings.build_file} is gone, though papers are published. "
            "Put the published file in its place, which holds the raw rows too: papertally "
            "restore. To start over, use another PAPERTALLY_HOME."
        )
    try:
        return duckdb.connect(
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
            f"The build file {settings.build_file} cannot be opened: {error}\n{_remedy(error)}"
        ) from error


def _remedy(error: duckdb.Error) -> str:
    if "version number" in str(error):
        return "A newer DuckDB wrote it. Upgrade Papertally, or use another PAPERTALLY_HOME."
    if "Could not set lock" in str(error):
        return "Another program has it open. Close that."
    if isinstance(error, duckdb.IOException) and "No space" in str(error):
        return "The disk is full. Make room and run the command again."
    return (
        "It is damaged. Put the published file in its place, which holds the raw rows too: "
        "papertally restore (or a backup: papertally restore FOLDER)"
    )


def published_file(settings: Settings) -> Path | None:
    """Return the versioned file behind the pointer; None when it leads to none."""
    try:
        path = settings.current.resolve()
    except (OSError, RuntimeError):  # a pointer to itself
        return None
    return path if path.is_file() else None


def current_file(settings: Settings) -> Path:
    """Return the versioned file behind the pointer.

    Raises:
        PapertallyError: it leads to none; the message says why, and the way back.
    """
    path = published_file(settings)
    if path is not None:
        return path
    kept = versions(settings)
    if not kept:
        raise PapertallyError(
            f"Nothing is published in {settings.home} yet. Run: papertally run FILE…"
        )
    is_link = settings.current.is_symlink()
    state = f"leads to {settings.current.readlink()}, which is gone" if is_link else "is missing"
    raise PapertallyError(
        f"The pointer {settings.current} {state}. The published files are there "
        f"({len(kept)}, the newest is {kept[0].name}). Point readers to it: papertally rollback"
    )


@contextmanager
def published_connection(settings: Settings) -> Generator[duckdb.DuckDBPyConnection]:
    """Open the published file read-only, cut off from files, network and extensions.

    Raises:
        PapertallyError: nothing is published, or the file cannot be read.
    """
    with read_only_connection(current_file(settings)) as con:
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
        raise PapertallyError(
            f"The published file {path} cannot be read: {error}\nIf it is damaged, readers can be "
            "pointed to the one before: papertally rollback"
        ) from error
    try:
        yield con
    finally:
        con.close()


def attach(con: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attach a warehouse file under a name, read-only."""
    con.execute(f"attach {literal(path)} as {name} (read_only)")


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
