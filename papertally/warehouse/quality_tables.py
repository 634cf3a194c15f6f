"""The tables that Python lands in the `quality` schema, beside those that dbt builds there."""

from typing import Final

import duckdb

QUALITY_TABLES: Final = """
create schema if not exists quality;
create table if not exists quality.check_results (
    run_id varchar not null,
    gate varchar not null,
    check_name varchar not null,
    description varchar not null,
    severity varchar not null,
    is_passed boolean not null,
    observed_value varchar,
    failing_count bigint not null,
    failing_rows varchar,
    checked_at timestamp not null
);
create table if not exists quality.dbt_tests (
    run_id varchar not null,
    test_name varchar not null,
    relation_name varchar not null,
    column_name varchar,
    claim varchar not null,
    severity varchar not null,
    status varchar not null,
    failing_count bigint not null,
    tested_at timestamp not null
);
create table if not exists quality.extraction_scores (
    label_set varchar not null,
    label_sha256 varchar not null,
    vocabulary_key varchar not null,
    scored_at timestamp not null,
    match_rule varchar not null,
    entity_type varchar not null,
    paper_count bigint not null,
    label_count bigint not null,
    found_count bigint not null,
    correct_count bigint not null,
    "precision" double,
    precision_low double,
    precision_high double,
    recall double,
    recall_low double,
    recall_high double,
    f1 double,
    f1_low double,
    f1_high double
);
create table if not exists quality.extraction_errors (
    label_set varchar not null,
    error_kind varchar not null,
    entity_type varchar not null,
    surface varchar not null,
    paper_title varchar not null,
    section varchar not null,
    start_char integer not null,
    sentence varchar not null
);
create table if not exists quality.runs (
    run_id varchar not null,
    started_at timestamp not null,
    finished_at timestamp not null,
    papertally_version varchar not null,
    duckdb_version varchar not null,
    dbt_version varchar not null,
    vocabulary_key varchar not null,
    paper_count bigint not null,
    mention_count bigint not null,
    read_count bigint not null,
    landed_count bigint not null,
    known_count bigint not null,
    rejected_count bigint not null
);
alter table quality.runs add column if not exists snapshot_id varchar;
alter table quality.runs add column if not exists inputs_digest varchar;
alter table quality.runs add column if not exists vocabulary_digest varchar;
alter table quality.runs add column if not exists code_digest varchar;
alter table quality.runs add column if not exists packages varchar;
"""


def create_quality_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create the tables where they are missing, so that readers always find them."""
    con.execute(QUALITY_TABLES)
