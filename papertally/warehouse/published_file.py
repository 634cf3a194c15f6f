"""Connections to published files, for reading only."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from papertally.errors import PapertallyError
from papertally.literals import literal
from papertally.settings import Settings
from papertally.warehouse.history import versions


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
