"""The raw tables: made where they are missing, and brought up to date where they are older."""

from typing import Final

import duckdb

from ingest.dates import DATE_MACROS

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
    rejected_count bigint not null,
    source_query varchar
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
    abstract varchar using compression zstd,
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

ADDED_COLUMNS: Final = (
    "authors",
    "published_kind",
    "updated",
    "arxiv_id",
    "doi",
    "acl_id",
    "openreview_id",
)
"""What raw.papers did not have at first; a record with none of them is hashed as it was then."""


def create_raw_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create the raw schema, its tables and its macros; add the columns that an old file lacks."""
    con.execute(RAW_TABLES)
    found = set(
        con.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'raw'"
        ).fetchall()
    )
    added = [("papers", column) for column in ADDED_COLUMNS] + [("loads", "source_query")]
    for table, column in added:
        if (table, column) not in found:
            con.execute(f"alter table raw.{table} add column {column} varchar")
    con.execute(DATE_MACROS)
