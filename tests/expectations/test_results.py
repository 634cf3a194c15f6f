"""What a gate leaves behind: rows in the warehouse, Data Docs, and quiet."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from expectations.checkpoints import judged_profiles
from expectations.results import CheckResult, Gate, GateResult, land_results, rows_as_json
from expectations.suites import check_name_of, rows_sql_of

Check = Callable[..., GateResult]
Land = Callable[..., str]
GATES: list[Gate] = ["landed_batch", "marts"]


def test_results_land_passed_or_not(
    raw: duckdb.DuckDBPyConnection, land: Land, check: Check
) -> None:
    land()
    raw.execute("update raw.papers set title = 'Untitled'")
    result = check(raw, "landed_batch")

    land_results(raw, "run-1", datetime(2026, 1, 2, 3, tzinfo=UTC), result)

    landed = raw.execute(
        "select check_name, severity, is_passed, failing_count, failing_rows, checked_at"
        " from quality.check_results where run_id = 'run-1' and gate = 'landed_batch'"
    ).fetchall()
    assert len(landed) == len(result.checks)
    (row,) = [row for row in landed if row[0] == "titles_differ"]
    assert row[1:4] == ("critical", False, 1)
    assert json.loads(row[4])[0]["load_id"] == "load-1"
    assert row[5] == datetime(2026, 1, 2, 3)  # noqa: DTZ001 - the column holds UTC without a zone
    assert all((row[4] is None) == row[2] for row in landed)


def test_rows_become_json_whatever_they_hold() -> None:
    text = rows_as_json([{"on": date(2026, 1, 2), "title": "Ünïcode"}])

    assert text == '[{"on": "2026-01-02", "title": "Ünïcode"}]'
    assert rows_as_json([]) is None


def test_data_docs_of_both_gates_are_written_and_ask_no_other_host(
    marts: duckdb.DuckDBPyConnection, check: Check, tmp_path: Path
) -> None:
    docs_dir = tmp_path / "home" / "data_docs"

    for gate in GATES:
        check(marts, gate, docs_dir=docs_dir)

    cover = (docs_dir / "index.html").read_text(encoding="utf-8")
    assert all((docs_dir / gate / "index.html").is_file() for gate in GATES)
    linked = re.findall(r'href="([^"]+)"', cover)
    assert {link.split("/")[0] for link in linked} == set(GATES)
    assert all((docs_dir / link).is_file() for link in linked)
    pages = "".join(page.read_text(encoding="utf-8") for page in docs_dir.rglob("*.html"))
    assert "The surface is exactly the text between its offsets" in pages
    assert not re.search(r"<(?:script|link|img)[^>]*https?://", pages)


@pytest.mark.parametrize("gate", GATES)
def test_every_check_is_named_described_and_graded(gate: Gate) -> None:
    judged = judged_profiles(gate, load_ids=None, latest_date=date(2026, 1, 1), has_previous=True)
    expectations = [expectation for _, suite in judged for expectation in suite.expectations]
    check_names = [check_name_of(expectation) for expectation in expectations]

    assert len(set(check_names)) == len(check_names)
    assert all(expectation.description for expectation in expectations)
    assert {str(expectation.severity.value) for expectation in expectations} == {
        "critical",
        "warning",
    }


@pytest.mark.parametrize("gate", GATES)
def test_rows_of_every_check_can_be_asked_for(
    marts: duckdb.DuckDBPyConnection, built_file: Path, gate: Gate
) -> None:
    marts.execute(f"attach '{built_file}' as previous (read_only)")
    for _, suite in judged_profiles(
        gate, load_ids=None, latest_date=date(2999, 1, 1), has_previous=True
    ):
        for expectation in suite.expectations:
            columns = marts.sql(rows_sql_of(expectation)).columns
            assert gate == "marts" or "load_id" in columns


def test_gate_writes_nothing_to_the_file(marts: duckdb.DuckDBPyConnection, check: Check) -> None:
    tables = "select schema_name, table_name from duckdb_tables() order by all"
    before = marts.execute(tables).fetchall()

    check(marts, "marts")

    assert marts.execute(tables).fetchall() == before


def test_importing_the_gates_does_not_import_great_expectations() -> None:
    code = (
        "import sys, expectations.runner, expectations.results;"
        " sys.exit('great_expectations' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_reasons_are_kept_by_load() -> None:
    result = GateResult(
        gate="landed_batch",
        checks=(
            CheckResult("a", "A holds", "critical", False, "0", 1, [], {"x": "n 1", "y": "n 2"}),
            CheckResult("b", "B holds", "critical", False, "0", 1, [], {"y": "n 3"}),
            CheckResult("c", "C holds", "warning", False, "0", 1, [], {"z": "n 4"}),
        ),
    )

    assert result.refused_loads == {
        "x": "A holds (a; n 1)",
        "y": "A holds (a; n 2) B holds (b; n 3)",
    }
