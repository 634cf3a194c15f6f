"""A bare `dbt` right after a clone: no row has landed, and nothing is warned of."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = [
    *("dbt_project.yml", "profiles.yml", "models", "seeds", "macros", "tests/dbt"),
    *("papertally", "ingest", "matching", "expectations"),
]


def dbt(clone: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "--warn-error", *arguments],
        cwd=clone,
        env={name: text for name, text in os.environ.items() if not name.startswith("PAPERTALLY_")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built_clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's files in a place of their own, with everything built: unit tests too."""
    clone = tmp_path_factory.mktemp("clone")
    for part in PARTS:
        source, target = ROOT / part, clone / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)
    said = dbt(clone, "build")
    assert "unit_test" in said
    return clone


def test_all_of_it_builds_without_a_row(built_clone: Path) -> None:
    with duckdb.connect(built_clone / "warehouse/build/warehouse.duckdb", read_only=True) as con:
        papers = con.sql("select count(*) from marts.dim_papers").fetchall()
        entities = con.sql("select count(*) > 0 from vocabulary.vocabulary_entities").fetchall()
    assert papers == [(0,)]
    assert entities == [(True,)]


def test_the_documentation_is_written(built_clone: Path) -> None:
    dbt(built_clone, "docs", "generate", "--static")
    page = (built_clone / "target" / "static_index.html").read_text(encoding="utf-8")
    assert "fct_mentions" in page
