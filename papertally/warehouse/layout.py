"""The layout of the raw tables: which one a file has, and the copy that is kept of an older one."""

import re
from pathlib import Path
from typing import Final

import duckdb

from ingest.tables import ADDED_COLUMNS
from papertally.errors import PapertallyError
from papertally.files import copy_whole

LAYOUT: Final = 2
"""Raise it with every change to what stands in `raw`; a file with a higher one is refused.

1 is raw.papers without authors, identifiers and kinds of date; 2 has them.
"""

_STAMP: Final = re.compile(r"layout (\d+)")
_COLUMNS = "select column_name from duckdb_columns() where table_name = 'papers'"
_OF_RAW = " and schema_name = 'raw' and database_name = current_database()"


def layout_of(con: duckdb.DuckDBPyConnection) -> int | None:
    """Return the layout of the file's raw tables; None where it has none yet."""
    columns = {name for (name,) in con.sql(_COLUMNS + _OF_RAW).fetchall()}
    if not columns:
        return None
    stamps = con.sql(
        f"select comment from duckdb_tables() where table_name = 'papers' {_OF_RAW}"
    ).fetchall()
    found = _STAMP.search(stamps[0][0] or "") if stamps else None
    return int(found[1]) if found else 2 if columns.issuperset(ADDED_COLUMNS) else 1


def refuse_newer(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Leave a file alone that a later version of the program wrote.

    Raises:
        PapertallyError: it is one.
    """
    found = layout_of(con)
    if found is not None and found > LAYOUT:
        raise PapertallyError(
            f"{path} was written by a newer Papertally (layout {found}; this one knows those up "
            f"to {LAYOUT}). Nothing was changed. Use that version, or another PAPERTALLY_HOME."
        )


def is_older(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the raw tables have to be brought to the layout of now."""
    found = layout_of(con)
    return found is not None and found < LAYOUT


def keep_copy(path: Path) -> Path:
    """Copy a file beside it before its raw tables are changed, and return the copy."""
    kept = path.with_name(f"{path.stem}-before-layout-{LAYOUT}.duckdb")
    copy_whole(path, kept)
    return kept


def stamp(con: duckdb.DuckDBPyConnection) -> None:
    """Note the layout in the file."""
    wanted = f"Papertally, layout {LAYOUT}"
    noted = con.sql(
        f"select comment from duckdb_tables() where table_name = 'papers' {_OF_RAW}"
    ).fetchall()
    if noted != [(wanted,)]:
        con.execute(f"comment on table raw.papers is '{wanted}'")
