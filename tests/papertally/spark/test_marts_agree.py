"""The marts that Spark builds are DuckDB's, row for row."""

from pathlib import Path

import pytest

from tests.conftest import run_papertally
from tests.papertally.spark.agreement import disagreements

pytest.importorskip("pyspark", reason="make spark installs it")


def test_marts_are_equal_on_the_samples(home_copy: Path) -> None:
    done = run_papertally(home_copy, "build", "--target", "spark")
    assert done.returncode == 0, done.stderr
    assert disagreements(home_copy / "build" / "warehouse.duckdb", home_copy / "lake") == {}
    assert not (home_copy / "lake" / "building").exists()
