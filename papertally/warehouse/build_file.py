"""The connection to the build file, for writing: made, brought up to date, or refused."""

from collections.abc import Generator
from contextlib import contextmanager

import duckdb

from ingest.tables import create_raw_tables
from papertally.errors import PapertallyError
from papertally.settings import Settings
from papertally.terminal import say
from papertally.warehouse.layout import is_older, keep_copy, refuse_newer, stamp
from papertally.warehouse.published_file import published_file
from papertally.warehouse.quality_tables import create_quality_tables


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
