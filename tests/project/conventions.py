"""The conventions of the dbt project, each a function from dbt's manifest to what breaks it."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any, Final

Manifest = dict[str, Any]
Node = dict[str, Any]
Rule = Callable[[Manifest], Iterator[str]]

READS: Final = {
    "staging": {"raw"},
    "intermediate": {"staging", "vocabulary", "intermediate"},
    "marts": {"intermediate", "vocabulary", "marts"},
    "quality": {"staging", "intermediate", "vocabulary", "marts", "quality"},
}
"""Which layers a layer reads."""

NAMES: Final = {
    "staging": r"stg_[a-z]+__[a-z_]+s",
    "intermediate": r"int_([a-z]+_)*[a-z]+s_[a-z_]+",
    "marts": r"(dim|fct)_[a-z_]+s|(entity|corpus|paper)_[a-z_]+s",
    "quality": r"[a-z_]+s",
    "vocabulary": r"vocabulary_[a-z_]+s|match_methods",
}
"""How nodes of a layer are called, as docs/naming.md says."""

PUBLIC: Final = {"marts", "quality"}
COMMENT: Final = r"--.*|(?s:\{#.*?#\})|(?s:/\*.*?\*/)"
RELATION: Final = r'\b(?:from|join)\s+"?({})"?\s*\.'


def own_nodes(manifest: Manifest, *kinds: str) -> list[Node]:
    """Return the project's nodes of some resource types, in order."""
    nodes = [*manifest["nodes"].values(), *manifest["sources"].values()]
    return sorted(
        (node for node in nodes if node["resource_type"] in kinds), key=lambda node: node["name"]
    )


def layer(node: Node) -> str:
    """Return the layer of a model, seed or source: its schema."""
    return node["schema"]


def _inputs(manifest: Manifest, node: Node) -> list[Node]:
    everything = manifest["nodes"] | manifest["sources"]
    return [everything[name] for name in node["depends_on"]["nodes"]]


def reads_earlier_layers(manifest: Manifest) -> Iterator[str]:
    """A layer reads only the layers before it."""
    for model in own_nodes(manifest, "model"):
        for read in _inputs(manifest, model):
            if layer(read) not in READS.get(layer(model), set()):
                yield f"{model['name']} reads {layer(read)}.{read['name']}"


def stages_one_table(manifest: Manifest) -> Iterator[str]:
    """Staging is one view a raw table, named for it."""
    staged: list[str] = []
    for model in own_nodes(manifest, "model"):
        if layer(model) != "staging":
            continue
        sources = [read["name"] for read in _inputs(manifest, model)]
        staged += sources
        if model["config"]["materialized"] != "view":
            yield f"{model['name']} is no view"
        if [model["name"]] != [f"stg_raw__{name}" for name in sources]:
            yield f"{model['name']} stages {', '.join(sources) or 'nothing'}"
    for source in own_nodes(manifest, "source"):
        if layer(source) == "raw" and staged.count(source["name"]) != 1:
            yield f"raw.{source['name']} is staged {staged.count(source['name'])} times"


def is_named_for_its_layer(manifest: Manifest) -> Iterator[str]:
    """Names fit their folders, and folders are called for their schemas."""
    for node in own_nodes(manifest, "model", "seed"):
        folder = PurePosixPath(node["original_file_path"]).parts[1]
        if node["resource_type"] == "model" and folder != layer(node):
            yield f"{node['name']} lies in {folder}"
        if not re.fullmatch(NAMES.get(layer(node), "(?!)"), node["name"]):
            yield f"{node['name']} is no name for {layer(node)}"


def has_a_yaml_of_its_own(manifest: Manifest) -> Iterator[str]:
    """Every model has a YAML of its own beside it."""
    for model in own_nodes(manifest, "model"):
        beside = str(PurePosixPath(model["original_file_path"]).with_suffix(".yml"))
        if (model["patch_path"] or "").split("://")[-1] != beside:
            yield model["name"]


def has_a_tested_key(manifest: Manifest) -> Iterator[str]:
    """Every model has a column tested unique and not null, or a tested combination."""
    tests: dict[str, set[tuple[str, str]]] = {}
    for test in own_nodes(manifest, "test"):
        kind = (test.get("test_metadata") or {}).get("name", "")
        tests.setdefault(test["attached_node"], set()).add((kind, test["column_name"] or ""))
    for model in own_nodes(manifest, "model"):
        held = tests.get(model["unique_id"], set())
        columns = {column for kind, column in held if kind == "unique"}
        is_keyed = any(("not_null", column) in held for column in columns)
        if not is_keyed and ("unique_combination", "") not in held:
            yield model["name"]


def is_described(manifest: Manifest) -> Iterator[str]:
    """Every model, seed, source and macro, and every column that they name, is described."""
    for node in own_nodes(manifest, "model", "seed", "source"):
        if not node["description"].strip():
            yield node["name"]
        for column in node["columns"].values():
            if not column["description"].strip():
                yield f"{node['name']}.{column['name']}"
    for macro in manifest["macros"].values():
        is_part = "__" in macro["name"] or macro["name"].startswith(("_", "test_"))
        if macro["package_name"] == "papertally" and not is_part and not macro["description"]:
            yield f"macro {macro['name']}"


def is_as_public_as_its_layer(manifest: Manifest) -> Iterator[str]:
    """marts and quality are public, contracted tables; the other layers are private."""
    for model in own_nodes(manifest, "model"):
        config = model["config"]
        if layer(model) not in PUBLIC:
            if config["access"] != "private":
                yield f"{model['name']} is {config['access']}"
            continue
        if config["access"] != "public" or not config["contract"]["enforced"]:
            yield f"{model['name']} is {config['access']}, contract {config['contract']}"
        if config["materialized"] != "table":
            yield f"{model['name']} is a {config['materialized']}"


def exposes_public_tables(manifest: Manifest) -> Iterator[str]:
    """Exposures read public tables only."""
    for exposure in manifest["exposures"].values():
        for read in _inputs(manifest, exposure):
            if layer(read) not in PUBLIC:
                yield f"{exposure['name']} reads {layer(read)}.{read['name']}"


def names_no_relation_itself(manifest: Manifest) -> Iterator[str]:
    """No relation is hard-coded; all are refs and sources."""
    schemas = "|".join(
        sorted({layer(node) for node in own_nodes(manifest, "model", "seed", "source")})
    )
    pattern = re.compile(RELATION.format(schemas), re.IGNORECASE)
    texts = {node["name"]: node["raw_code"] for node in own_nodes(manifest, "model", "test")}
    for macro in manifest["macros"].values():
        if macro["package_name"] == "papertally":
            texts[f"macro {macro['name']}"] = macro["macro_sql"]
    for name, text in texts.items():
        if found := pattern.search(re.sub(COMMENT, "", text)):
            yield f"{name} reads {found[1]}"


RULES: Final[dict[str, Rule]] = {
    rule.__name__: rule
    for rule in (
        reads_earlier_layers,
        stages_one_table,
        is_named_for_its_layer,
        has_a_yaml_of_its_own,
        has_a_tested_key,
        is_described,
        is_as_public_as_its_layer,
        exposes_public_tables,
        names_no_relation_itself,
    )
}
