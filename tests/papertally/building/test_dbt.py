"""The data tests of dbt, asked in one go: all that it has, and as strict as dbt itself."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from papertally.building.dbt import failed_tests
from papertally.building.project import MANIFEST, TESTS, kept_folder
from papertally.settings import load_settings


@pytest.fixture
def kept(published_home: Path) -> Path:
    """What the build of the published home kept of the project."""
    return kept_folder(load_settings({"PAPERTALLY_HOME": str(published_home)}))


@pytest.fixture
def queries(kept: Path) -> dict[str, str]:
    return json.loads((kept / TESTS).read_bytes())


def test_every_data_test_is_asked_as_dbt_would_ask_it(kept: Path, queries: dict[str, str]) -> None:
    nodes = json.loads((kept / MANIFEST).read_bytes())["nodes"]
    tests = {name: node for name, node in nodes.items() if node["resource_type"] == "test"}
    assert queries.keys() == tests.keys()
    for node in tests.values():
        config = node["config"]
        # what is asked here counts rows and fails where there is one
        assert config["severity"].lower() == "error", node["name"]
        assert (config["fail_calc"], config["error_if"]) == ("count(*)", "!= 0"), node["name"]
        assert not config["store_failures"], node["name"]


def test_a_row_that_breaks_a_test_is_found_and_shown(
    built_file: Path, queries: dict[str, str], tmp_path: Path
) -> None:
    copy = shutil.copyfile(built_file, tmp_path / "warehouse.duckdb")
    with duckdb.connect(copy) as con:
        assert failed_tests(con, queries) == []
        con.execute("update marts.fct_mentions set section = 'body' where start_char = 0")
        failed = failed_tests(con, queries)
    told = [text for text in failed if "accepted_values_fct_mentions_section" in text]
    assert len(told) == 1, failed
    assert "body" in told[0]
