"""What dbt wrote of its tests becomes rows that say which table, what claim and how it went."""

import json
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from papertally.building.dbt_artifacts import land_artifacts
from papertally.warehouse.quality_tables import create_quality_tables

AT = datetime(2026, 1, 2)  # noqa: DTZ001 - the column holds UTC without a zone
NODES = {
    "model.p.dim": {"schema": "marts", "alias": "dim", "name": "dim"},
    "test.p.unique": {
        "name": "unique_dim_key", "attached_node": "model.p.dim", "column_name": "key",
        "depends_on": {"nodes": ["model.p.dim"]}, "description": "",
        "config": {"severity": "ERROR"},
        "test_metadata": {"name": "unique", "kwargs": {"column_name": "key", "model": "…"}},
    },
    "test.p.values": {
        "name": "values", "attached_node": "model.p.dim", "column_name": "kind",
        "depends_on": {"nodes": ["model.p.dim"]}, "description": "",
        "config": {"severity": "warn"},
        "test_metadata": {"name": "accepted_values", "kwargs": {"values": ["a", "b"]}},
    },
    "test.p.own": {
        "name": "own_words", "column_name": None, "description": "It holds,\n  always.",
        "depends_on": {"nodes": ["model.p.dim", "model.p.other"]},
        "config": {"severity": "error"},
    },
}  # fmt: skip

FAILING = {"test.p.unique": 0, "test.p.values": 3, "test.p.own": 0}


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    sources = {
        "source.p.quality.runs": {
            "schema": "quality", "name": "runs", "identifier": "runs",
            "description": "One row\n  a run; it's kept.",
            "columns": {"run_id": {"name": "run_id", "description": "Key."}},
        }
    }  # fmt: skip
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({"nodes": NODES, "sources": sources}))
    return path


def test_each_test_is_a_row_and_a_new_build_replaces_the_old(manifest):
    with duckdb.connect() as con:
        create_quality_tables(con)
        land_artifacts(con, manifest, {"test.p.unique": 1}, "run-1", AT)
        land_artifacts(con, manifest, FAILING, "run-2", AT)
        rows = con.execute(
            "select run_id, relation_name, column_name, claim, severity, status, failing_count"
            " from quality.dbt_tests order by test_name"
        ).fetchall()
    assert rows == [
        ("run-2", "", None, "It holds, always.", "error", "pass", 0),
        ("run-2", "marts.dim", "key", "unique", "error", "pass", 0),
        ("run-2", "marts.dim", "kind", "accepted values (values: a, b)", "warn", "warn", 3),
    ]


def test_landed_tables_get_the_words_that_dbt_has_for_them(manifest):
    with duckdb.connect() as con:
        create_quality_tables(con)
        land_artifacts(con, manifest, {}, "run-1", AT)
        words = con.execute(
            "select comment from duckdb_tables() where table_name = 'runs'"
            " union all select comment from duckdb_columns()"
            " where table_name = 'runs' and column_name = 'run_id'"
        ).fetchall()
    assert words == [("One row a run; it's kept.",), ("Key.",)]
