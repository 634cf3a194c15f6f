"""The tables of a schema as a page, from dbt's manifest."""

from typing import Any


def markdown(manifest: dict[str, Any], schema: str) -> str:
    """Return a section a table: what one row is, and what each column holds."""
    nodes = [*manifest["nodes"].values(), *manifest["sources"].values()]
    tables = [
        node
        for node in nodes
        if node["resource_type"] in {"model", "seed", "source"} and node["schema"] == schema
    ]
    return "\n\n".join(_section(node) for node in sorted(tables, key=lambda node: node["name"]))


def _section(node: dict[str, Any]) -> str:
    rows = [
        f"| `{column['name']}` | {column['data_type'] or ''} | {_cell(column['description'])} |"
        for column in node["columns"].values()
    ]
    head = ["| column | type | |", "|---|---|---|"]
    return "\n".join([f"## {node['name']}", "", node["description"].strip(), "", *head, *rows])


def _cell(text: str) -> str:
    """Return text that may stand in a cell: on one line, without a bar that would end it."""
    return " ".join(text.split()).replace("|", "\\|")
