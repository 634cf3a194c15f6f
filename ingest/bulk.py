"""How a connection lands files of any size in bounded memory."""

from typing import Final

import duckdb

BULK_SETTINGS: Final = {
    # each finished row group goes to the file, so that memory does not grow with it
    "write_buffer_row_group_count": 1,
    # no checkpoint between files, and none that packs the landed row groups anew
    "checkpoint_threshold": "1TB",
    "max_vacuum_tasks": 0,
}

MEMORY_LIMIT: Final = "1GB"
"""What DuckDB may take while files land; it would fill more with pages that nobody reads again."""


def prepare_for_bulk(con: duckdb.DuckDBPyConnection) -> None:
    """Set a connection up to land files of any size in bounded memory."""
    for name, value in BULK_SETTINGS.items():
        con.execute(f"set {name} = '{value}'")
    con.execute(
        "select parse_formatted_bytes(current_setting('memory_limit'))"
        " > parse_formatted_bytes($limit)",
        {"limit": MEMORY_LIMIT},
    )
    if con.fetchall() == [(True,)]:
        con.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
