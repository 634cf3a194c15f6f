"""Small landed batches in plain SQL, and a built warehouse to break."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from expectations.results import Gate, GateResult
from expectations.runner import run_gate
from ingest.tables import create_raw_tables
from papertally.warehouse.quality_tables import create_quality_tables

Check = Callable[..., GateResult]

LAND_PAPERS = """
insert into raw.papers by name
select
    $load_id as load_id,
    now()::timestamp as loaded_at,
    'made-up' as source_name,
    'made-up.jsonl' as source_file,
    'none' as source_sha256,
    n as source_line,
    md5_number($load_id || n)::uhugeint as record_hash,
    'paper-' || n as source_paper_id,
    'On the ' || n || 'th question of learning' as title,
    repeat('A study of how models learn, with results. ', 4 + n % 7) || n || repeat('.', n % 19)
        as abstract,
    (date '2024-01-01' + n::integer)::varchar as published
from range(1, $paper_count + 1) as numbers (n)
"""

LAND_MANIFEST = """
insert into raw.loads values
($load_id, 'made-up', 'made-up.jsonl', 'none', 'jsonl', '', now()::timestamp, 'test',
 $paper_count, $paper_count, 0, 0, null)
"""


@pytest.fixture
def raw() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a file in memory with the raw and quality tables, empty."""
    with duckdb.connect() as con:
        create_raw_tables(con)
        create_quality_tables(con)
        yield con


@pytest.fixture
def land(raw: duckdb.DuckDBPyConnection) -> Callable[..., str]:
    """Return a function that lands a good load of made-up papers."""

    def land_load(load_id: str = "load-1", paper_count: int = 100) -> str:
        figures = {"load_id": load_id, "paper_count": paper_count}
        raw.execute(LAND_PAPERS, figures)
        raw.execute(LAND_MANIFEST, figures)
        return load_id

    return land_load


@pytest.fixture
def marts(built_file: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a writable copy of a whole, built, unpublished warehouse."""
    copy = tmp_path / "build.duckdb"
    shutil.copyfile(built_file, copy)
    with duckdb.connect(copy) as con:
        yield con


@pytest.fixture
def check() -> Check:
    """Return `run_gate` with a run id and a clock filled in."""

    def check_gate(
        con: duckdb.DuckDBPyConnection, gate: Gate, docs_dir: Path | None = None, **scope: list[str]
    ) -> GateResult:
        return run_gate(
            con,
            gate,
            run_id="test-run",
            checked_at=datetime.now(UTC),
            docs_dir=docs_dir,
            load_ids=scope.get("load_ids"),
        )

    return check_gate
