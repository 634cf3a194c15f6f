"""The dbt project keeps its conventions; the rules are in `conventions.py`."""

import copy
import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from papertally.building.project import MANIFEST, kept_folder
from papertally.settings import load_settings
from tests.project.conventions import RULES, Manifest, own_nodes

EXCEPTIONS = Path(__file__).with_name("conventions_exceptions.csv")
MAY_HAVE_EXCEPTIONS = {
    "reads_earlier_layers",
    "stages_one_table",
    "is_named_for_its_layer",
    "has_a_tested_key",
    "is_described",
}


@pytest.fixture(scope="session")
def manifest(published_home: Path) -> Manifest:
    """The manifest of the project that built the published file; do not change it."""
    settings = load_settings({"PAPERTALLY_HOME": str(published_home)})
    return json.loads((kept_folder(settings) / MANIFEST).read_bytes())


@pytest.fixture(scope="session")
def exceptions() -> list[dict[str, str]]:
    with EXCEPTIONS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def broken(manifest: Manifest, rule: str) -> set[str]:
    return set(RULES[rule](manifest))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_kept(
    manifest: Manifest, exceptions: list[dict[str, str]], rule: str
) -> None:
    excused = {row["node"] for row in exceptions if row["rule"] == rule}
    unexcused = {found for found in broken(manifest, rule) if found.split()[0] not in excused}
    assert not unexcused, RULES[rule].__doc__


def test_every_exception_has_a_reason_and_is_needed(
    manifest: Manifest, exceptions: list[dict[str, str]]
) -> None:
    for row in exceptions:
        assert row["rule"] in MAY_HAVE_EXCEPTIONS, row
        assert row["reason"].strip(), row
        assert row["node"] in {found.split()[0] for found in broken(manifest, row["rule"])}, row


def test_the_file_holds_the_columns_that_are_described_and_no_others(
    manifest: Manifest, built_file: Path
) -> None:
    with duckdb.connect(built_file, read_only=True) as con:
        rows = con.sql(
            "select schema_name, table_name, column_name from duckdb_columns() where not internal"
        ).fetchall()
    for node in own_nodes(manifest, "model", "seed"):
        columns = {
            name
            for schema, table, name in rows
            if (schema, table) == (node["schema"], node["name"])
        }
        assert columns == set(node["columns"]), node["name"]


# every rule, broken once


def model(manifest: Manifest, name: str) -> dict[str, Any]:
    return manifest["nodes"][f"model.papertally.{name}"]


def mart_reads_staging(manifest: Manifest) -> None:
    model(manifest, "dim_papers")["depends_on"]["nodes"].append("model.papertally.stg_raw__papers")


def model_reads_a_source(manifest: Manifest) -> None:
    model(manifest, "int_entity_papers")["depends_on"]["nodes"].append(
        "source.papertally.raw.papers"
    )


def staging_is_a_table(manifest: Manifest) -> None:
    model(manifest, "stg_raw__papers")["config"]["materialized"] = "table"


def raw_table_without_staging(manifest: Manifest) -> None:
    source = copy.deepcopy(manifest["sources"]["source.papertally.raw.papers"])
    manifest["sources"]["source.papertally.raw.authors"] = source | {"name": "authors"}


def mart_without_a_prefix(manifest: Manifest) -> None:
    model(manifest, "dim_papers")["name"] = "papers"


def mart_in_another_folder(manifest: Manifest) -> None:
    model(manifest, "dim_papers")["original_file_path"] = "models/quality/dim_papers.sql"


def yaml_of_a_whole_folder(manifest: Manifest) -> None:
    model(manifest, "dim_papers")["patch_path"] = "papertally://models/marts/_marts.yml"


def no_yaml_at_all(manifest: Manifest) -> None:
    model(manifest, "dim_papers")["patch_path"] = None


def key_may_be_null(manifest: Manifest) -> None:
    for name, node in list(manifest["nodes"].items()):
        if name.startswith("test.papertally.not_null_dim_papers_paper_id"):
            del manifest["nodes"][node["unique_id"]]


def column_without_a_description(manifest: Manifest) -> None:
    model(manifest, "int_entity_papers")["columns"]["paper_id"]["description"] = " "


def model_without_a_description(manifest: Manifest) -> None:
    model(manifest, "dim_papers")["description"] = ""


def macro_without_a_description(manifest: Manifest) -> None:
    manifest["macros"]["macro.papertally.entity_slug"]["description"] = ""


def mart_without_a_contract(manifest: Manifest) -> None:
    model(manifest, "loads")["config"]["contract"]["enforced"] = False


def mart_as_a_view(manifest: Manifest) -> None:
    model(manifest, "dim_papers")["config"]["materialized"] = "view"


def public_intermediate(manifest: Manifest) -> None:
    model(manifest, "int_entity_papers")["config"]["access"] = "public"


def page_on_an_intermediate_table(manifest: Manifest) -> None:
    manifest["exposures"]["exposure.papertally.names"]["depends_on"]["nodes"].append(
        "model.papertally.int_entity_papers"
    )


def hard_coded_relation(manifest: Manifest) -> None:
    model(manifest, "dim_papers")["raw_code"] += "\nleft join raw.papers as landed using (title)"


def hard_coded_relation_in_a_macro(manifest: Manifest) -> None:
    manifest["macros"]["macro.papertally.entity_slug"]["macro_sql"] += (
        ' (from "marts"."dim_papers")'
    )


BREAKS: list[tuple[str, Callable[[Manifest], None]]] = [
    ("reads_earlier_layers", mart_reads_staging),
    ("reads_earlier_layers", model_reads_a_source),
    ("stages_one_table", staging_is_a_table),
    ("stages_one_table", raw_table_without_staging),
    ("is_named_for_its_layer", mart_without_a_prefix),
    ("is_named_for_its_layer", mart_in_another_folder),
    ("has_a_yaml_of_its_own", yaml_of_a_whole_folder),
    ("has_a_yaml_of_its_own", no_yaml_at_all),
    ("has_a_tested_key", key_may_be_null),
    ("is_described", column_without_a_description),
    ("is_described", model_without_a_description),
    ("is_described", macro_without_a_description),
    ("is_as_public_as_its_layer", mart_without_a_contract),
    ("is_as_public_as_its_layer", mart_as_a_view),
    ("is_as_public_as_its_layer", public_intermediate),
    ("exposes_public_tables", page_on_an_intermediate_table),
    ("names_no_relation_itself", hard_coded_relation),
    ("names_no_relation_itself", hard_coded_relation_in_a_macro),
]


@pytest.mark.parametrize(
    ("rule", "spoil"), BREAKS, ids=lambda value: getattr(value, "__name__", "")
)
def test_every_rule_sees_its_breach(
    manifest: Manifest, rule: str, spoil: Callable[[Manifest], None]
) -> None:
    spoiled = copy.deepcopy(manifest)
    spoil(spoiled)
    assert broken(spoiled, rule) - broken(manifest, rule)


def test_every_rule_is_broken_once() -> None:
    assert {rule for rule, _ in BREAKS} == set(RULES)


def test_comments_are_no_relations(manifest: Manifest) -> None:
    spoiled = copy.deepcopy(manifest)
    code = "\n-- as from raw.papers\n{# join raw.papers\n#} /* from marts.x */"
    model(spoiled, "dim_papers")["raw_code"] += code
    assert not broken(spoiled, "names_no_relation_itself")
