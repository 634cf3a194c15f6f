"""Landing: batches of a file into the raw tables, all of it or nothing."""
# pyarrow ships no types
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

import hashlib
import os
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypedDict, cast

import duckdb
import polars as pl
import pyarrow

from ingest.ahead import read_ahead
from ingest.asked import query_of
from ingest.chunks import Chunks
from ingest.clean import validate
from ingest.errors import UnreadableFile
from ingest.formats import Format
from ingest.formats.archives import archive_of
from ingest.formats.opening import open_stored
from ingest.formats.reading import read_some
from ingest.schema import RECORD, ColumnMap
from ingest.statements import DROP_REPEATED, LAND_RECORDS, LAND_REJECTS

new_reader: Any = cast("Any", pyarrow).RecordBatchReader.from_batches

ARROW_SCHEMA: Final = cast("Any", pl.DataFrame(schema=RECORD).to_arrow()).schema

HASHED_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Load:
    """One row of the manifest. Always: read = landed + known + rejected."""

    load_id: str
    source_name: str
    source_file: str
    source_sha256: str
    format_name: str
    column_map: str
    loaded_at: datetime
    loaded_by: str
    read_count: int
    landed_count: int
    known_count: int
    rejected_count: int
    source_query: str | None = None


class LandingWay(TypedDict):
    """In what way a file is landed."""

    source_sha256: str
    source_name: str
    loaded_by: str
    columns: ColumnMap


def known_load(con: duckdb.DuckDBPyConnection, file_format: Format, way: LandingWay) -> Load | None:
    """Return the load that landed these bytes whole in this way; None where none did.

    A load that the gate refused does not count, nor does one of another version of the program.
    """
    names = [field.name for field in fields(Load)]
    row = con.execute(
        f"""
        select {", ".join(names)} from raw.loads
        where
            source_sha256 = $source_sha256
            and source_name = $source_name
            and format_name = $format_name
            and column_map = $column_map
            and loaded_by = $loaded_by
            and load_id not in (select load_id from raw.load_verdicts where not is_accepted)
        order by loaded_at, load_id
        limit 1
        """,
        {
            "source_sha256": way["source_sha256"],
            "source_name": way["source_name"],
            "format_name": file_format.name,
            "column_map": spelled(way["columns"]),
            "loaded_by": way["loaded_by"],
        },
    ).fetchone()
    return Load(*row) if row else None


def spelled(columns: ColumnMap) -> str:
    """Return a column map as the manifest spells it."""
    return ",".join(f"{ours}={theirs}" for ours, theirs in sorted(columns.items()))


def sha256_of(path: Path) -> str:
    """Return the hex digest of a file's bytes as stored, read in constant memory.

    Of a damaged member of an archive, it is that of the bytes before the damage.
    """
    digest = hashlib.sha256()
    with open_stored(path) as file:
        chunk = b"first"
        while chunk:
            chunk, broken = read_some(file, HASHED_BYTES)
            digest.update(chunk)
            if broken:
                break
    return digest.hexdigest()


def land_file(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    file_format: Format,
    *,
    source_name: str,
    loaded_by: str,
    columns: ColumnMap,
    source_sha256: str | None = None,
    on_progress: Callable[[int], None] = lambda count: None,
) -> Load:
    """Land one file in one transaction and return its manifest row.

    Args:
        con: a writable connection to the build file, with the raw tables.
        path: the file.
        file_format: how to read it.
        source_name: what the corpus is called in counts by source.
        loaded_by: the program and version, for the manifest.
        columns: our field name to the file's column name.
        source_sha256: of the file's bytes as stored, if it is known already.
        on_progress: called with the number of records of each batch.

    Raises:
        InputError: the file as a whole is unusable. Nothing of it has landed.
    """
    state = _state_of(path)
    provenance: dict[str, object] = {
        "load_id": uuid.uuid4().hex,
        "loaded_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        "source_name": source_name,
        "source_file": os.fsencode(path).decode(errors="backslashreplace"),
        "source_sha256": source_sha256 or sha256_of(path),
    }
    con.execute("begin")
    try:
        counts = _land_batches(con, path, file_format, columns, provenance, on_progress)
        if _state_of(path) != state:
            raise UnreadableFile(
                path, "it was written to while it was read; wait until it is whole"
            )
        load = Load(
            **provenance,  # pyright: ignore[reportArgumentType]
            format_name=file_format.name,
            column_map=spelled(columns),
            loaded_by=loaded_by,
            source_query=query_of(path, str(provenance["source_sha256"])),
            **counts,
        )
        names = list(asdict(load))
        con.execute(
            f"insert into raw.loads ({', '.join(names)})"
            f" values ({', '.join('$' + name for name in names)})",
            asdict(load),
        )
        con.execute("commit")
    except BaseException:
        with suppress(duckdb.Error):  # a commit that failed has ended the transaction
            con.execute("rollback")
        raise
    return load


def _state_of(path: Path) -> tuple[int, int]:
    """Return what changes when somebody writes to a file, or to the archive that it is in."""
    stat = (archive_of(path) or path).stat()
    return stat.st_size, stat.st_mtime_ns


def _land_batches(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    file_format: Format,
    columns: ColumnMap,
    provenance: Mapping[str, object],
    on_progress: Callable[[int], None],
) -> dict[str, int]:
    batches = Chunks(read_ahead(map(validate, file_format.read(path, columns))), on_progress)
    landed = 0
    while not batches.is_done:
        reader = new_reader(ARROW_SCHEMA, batches.chunk())
        landed += _insert(con, LAND_RECORDS, "incoming_records", reader, provenance)
        _insert(con, LAND_REJECTS, "incoming_rejects", batches.take_rejects(), provenance)
    if not batches.read_count:
        raise UnreadableFile(path, f"no record in it was recognised as {file_format.name}")
    landed -= _changed(con.execute(DROP_REPEATED, {"load_id": provenance["load_id"]}))
    return {
        "read_count": batches.read_count,
        "landed_count": landed,
        "known_count": batches.read_count - landed - batches.rejected_count,
        "rejected_count": batches.rejected_count,
    }


def _insert(
    con: duckdb.DuckDBPyConnection,
    statement: str,
    view: str,
    rows: Any,
    provenance: Mapping[str, object],
) -> int:
    """Run an insert that reads `view`, and return the number of rows it added."""
    if isinstance(rows, pl.DataFrame) and rows.is_empty():
        return 0
    con.register(view, rows)
    named = {name: value for name, value in provenance.items() if f"${name}" in statement}
    try:
        return _changed(con.execute(statement, named))
    finally:
        con.unregister(view)


def _changed(result: duckdb.DuckDBPyConnection) -> int:
    row = result.fetchone()
    return int(row[0]) if row else 0
