"""Landing: batches of a file into the raw tables, all of it or nothing."""

import hashlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from ingest.clean import validate
from ingest.errors import UnreadableFile
from ingest.formats import Format
from ingest.formats.opening import open_stored
from ingest.schema import ColumnMap

RAW_TABLES: Final = """
create schema if not exists raw;
create table if not exists raw.loads (
    load_id varchar not null,
    source_name varchar not null,
    source_file varchar not null,
    source_sha256 varchar not null,
    format_name varchar not null,
    column_map varchar not null,
    loaded_at timestamp not null,
    loaded_by varchar not null,
    read_count bigint not null,
    landed_count bigint not null,
    known_count bigint not null,
    rejected_count bigint not null
);
create table if not exists raw.load_verdicts (
    load_id varchar not null,
    is_accepted boolean not null,
    reason varchar,
    judged_at timestamp not null
);
create table if not exists raw.papers (
    load_id varchar not null,
    loaded_at timestamp not null,
    source_name varchar not null,
    source_file varchar not null,
    source_sha256 varchar not null,
    source_line bigint not null,
    record_hash uhugeint not null,
    source_paper_id varchar,
    title varchar not null,
    abstract varchar,
    authors varchar,
    published varchar,
    published_kind varchar,
    updated varchar,
    venue varchar,
    url varchar,
    arxiv_id varchar,
    doi varchar,
    acl_id varchar,
    openreview_id varchar,
    upvotes bigint
);
create table if not exists raw.rejected_papers (
    load_id varchar not null,
    loaded_at timestamp not null,
    source_name varchar not null,
    source_file varchar not null,
    source_sha256 varchar not null,
    source_line bigint not null,
    rule varchar not null,
    detail varchar not null,
    raw_text varchar not null
);
"""

# Two records are the same when their source and every field are the same.
HASHED_RECORDS: Final = """
select
    *,
    md5_number(json_array(
        $source_name, source_paper_id, title, abstract, published, venue, url, upvotes,
        authors, published_kind, updated, arxiv_id, doi, acl_id, openreview_id
    )::varchar) as record_hash
from incoming_records
"""

LAND_RECORDS: Final = f"""
insert into raw.papers by name
with hashed as ({HASHED_RECORDS})
select
    $load_id as load_id,
    $loaded_at as loaded_at,
    $source_name as source_name,
    $source_file as source_file,
    $source_sha256 as source_sha256,
    hashed.*
from hashed
where not exists (
    select 1
    from raw.papers as known
    where
        known.record_hash = hashed.record_hash
        and known.load_id not in (
            select verdicts.load_id
            from raw.load_verdicts as verdicts
            where not verdicts.is_accepted
        )
)
qualify row_number() over (partition by hashed.record_hash order by hashed.source_line) = 1
order by hashed.source_line
"""

LAND_REJECTS: Final = """
insert into raw.rejected_papers by name
select
    $load_id as load_id,
    $loaded_at as loaded_at,
    $source_name as source_name,
    $source_file as source_file,
    $source_sha256 as source_sha256,
    incoming_rejects.*
from incoming_rejects
where not exists (
    select 1
    from raw.rejected_papers as known
    where
        known.source_sha256 = $source_sha256
        and known.source_line = incoming_rejects.source_line
        and known.rule = incoming_rejects.rule
)
"""


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


def create_raw_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create the raw schema and its tables where they are missing."""
    con.execute(RAW_TABLES)


def sha256_of(path: Path) -> str:
    """Return the hex digest of a file's bytes as stored, read in constant memory."""
    with open_stored(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def land_file(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    file_format: Format,
    *,
    source_name: str,
    loaded_by: str,
    columns: ColumnMap,
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
        on_progress: called with the number of records of each batch.

    Raises:
        InputError: the file as a whole is unusable. Nothing of it has landed.
    """
    provenance: dict[str, object] = {
        "load_id": uuid.uuid4().hex,
        "loaded_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        "source_name": source_name,
        "source_file": str(path),
        "source_sha256": sha256_of(path),
    }
    con.execute("begin")
    try:
        counts = _land_batches(con, path, file_format, columns, provenance, on_progress)
        load = Load(
            **provenance,  # pyright: ignore[reportArgumentType]
            format_name=file_format.name,
            column_map=",".join(f"{ours}={theirs}" for ours, theirs in sorted(columns.items())),
            loaded_by=loaded_by,
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
        con.execute("rollback")
        raise
    return load


def _land_batches(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    file_format: Format,
    columns: ColumnMap,
    provenance: Mapping[str, object],
    on_progress: Callable[[int], None],
) -> dict[str, int]:
    read = landed = rejected = 0
    for batch in map(validate, file_format.read(path, columns)):
        read += batch.records.height + batch.rejects.height
        landed += _insert(con, LAND_RECORDS, "incoming_records", batch.records, provenance)
        _insert(con, LAND_REJECTS, "incoming_rejects", batch.rejects, provenance)
        rejected += batch.rejects.height
        on_progress(batch.records.height + batch.rejects.height)
    if not read:
        raise UnreadableFile(path, f"no record in it was recognised as {file_format.name}")
    return {
        "read_count": read,
        "landed_count": landed,
        "known_count": read - landed - rejected,
        "rejected_count": rejected,
    }


def _insert(
    con: duckdb.DuckDBPyConnection,
    statement: str,
    view: str,
    frame: pl.DataFrame,
    provenance: Mapping[str, object],
) -> int:
    """Run an insert that reads `view`, and return the number of rows it added."""
    if frame.is_empty():
        return 0
    con.register(view, frame)
    named = {name: value for name, value in provenance.items() if f"${name}" in statement}
    row = con.execute(statement, named).fetchone()
    con.unregister(view)
    return int(row[0]) if row else 0
