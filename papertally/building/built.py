"""What the models of a build file were last built and tested from."""

import hashlib
from datetime import datetime
from typing import Final

import duckdb

from papertally.building.extraction import digest_of_files, engine_key
from papertally.building.project import project_digest

RAW_DIGESTS: Final = """
select
    (select (count(*), bit_xor(hash(loads))) from raw.loads as loads),
    (select (count(*), bit_xor(hash(verdicts))) from raw.load_verdicts as verdicts),
    (select (count(*), bit_xor(hash(load_id, record_hash))) from raw.papers),
    (select (count(*), bit_xor(hash(load_id, source_line, rule))) from raw.rejected_papers)
"""
READING_FILES: Final = ("ingest/dates.py", "ingest/tables.py")
"""What the raw schema has beside its rows: the macros that read dates."""

UNFINISHED: Final = "unfinished"
"""What stands for a digest from the moment that dbt may change something (dbt_project.yml)."""

LAST_BUILD: Final = """
create table if not exists raw.last_build (digest varchar not null, built_at timestamp not null)
"""
PASSED: Final = """
select runs.run_id
from quality.runs as runs
where
    runs.finished_at > all (
        select built_at from raw.last_build
        union all select loaded_at from raw.loads
        union all select judged_at from raw.load_verdicts
        union all select scored_at from quality.extraction_scores
    )
    and exists (from raw.last_build)
order by runs.finished_at desc
limit 1
"""


def build_digest(con: duckdb.DuckDBPyConnection) -> str:
    """Return the digest of all that decides what the models hold."""
    rows = con.execute(RAW_DIGESTS).fetchall()
    parts = (repr(rows), project_digest(), engine_key(), digest_of_files(READING_FILES))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def is_built(con: duckdb.DuckDBPyConnection, digest: str) -> bool:
    """Return whether the models are as they were built and tested from just that."""
    return built_from(con) == digest


def built_from(con: duckdb.DuckDBPyConnection) -> str | None:
    """Return the digest of what the models were built from; None where dbt alone built all of them.

    `UNFINISHED` where a build was not brought to its end.
    """
    con.execute(LAST_BUILD)
    rows = con.execute("select digest from raw.last_build").fetchall()
    return rows[0][0] if len(rows) == 1 else None


def mark_built(con: duckdb.DuckDBPyConnection, digest: str, built_at: datetime) -> None:
    """Say what the models were built from; all tests have passed."""
    con.execute("begin")
    con.execute("delete from raw.last_build")
    con.execute("insert into raw.last_build values (?, ?)", [digest, built_at])
    con.execute("commit")


def passed_run(con: duckdb.DuckDBPyConnection) -> str | None:
    """Return the run in which the file passed its gate, where nothing came after that."""
    found = con.execute(PASSED).fetchall()
    return found[0][0] if found else None
