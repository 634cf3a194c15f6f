"""What dbt wrote beside a build, for readers: what its tests said, and words on landed tables."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

import duckdb

from papertally.literals import literal

_HIDDEN_ARGUMENTS: Final = frozenset({"column_name", "model"})

Row = tuple[str, str, str, str | None, str, str, str, int, datetime]


def land_artifacts(
    con: duckdb.DuckDBPyConnection,
    manifest_file: Path,
    failing: Mapping[str, int],
    run_id: str,
    tested_at: datetime,
) -> None:
    """Put one row a dbt test of the last build in the place of those of the build before.

    The tables that Python lands in `quality` are sources to dbt, which describes no source in the
    database; so their descriptions are taken from its manifest too.

    Args:
        con: a writable connection to the build file, with the quality tables.
        manifest_file: what dbt wrote of the project.
        failing: how many rows each test found, by its unique_id.
        run_id: the run that built.
        tested_at: when it ended, UTC.
    """
    manifest = cast("dict[str, Any]", json.loads(manifest_file.read_bytes()))
    rows = list(_rows(manifest, failing, run_id, tested_at))
    con.execute("begin")
    con.execute("delete from quality.dbt_tests")
    if rows:
        con.executemany("insert into quality.dbt_tests values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    for table in manifest["sources"].values():
        if table["schema"] == "quality":
            _describe(con, table)
    con.execute("commit")


def _describe(con: duckdb.DuckDBPyConnection, table: dict[str, Any]) -> None:
    relation = f'quality."{table["identifier"]}"'
    con.execute(f"comment on table {relation} is {_in_line(table['description'])}")
    columns: dict[str, dict[str, Any]] = table["columns"]
    for column in columns.values():
        con.execute(
            f'comment on column {relation}."{column["name"]}" is {_in_line(column["description"])}'
        )


def _in_line(words: str) -> str:
    return literal(" ".join(words.split()))


def _rows(
    manifest: dict[str, Any], failing: Mapping[str, int], run_id: str, tested_at: datetime
) -> Iterator[Row]:
    nodes: dict[str, dict[str, Any]] = manifest["nodes"] | manifest["sources"]
    for unique_id, failing_count in sorted(failing.items()):
        node = nodes[unique_id]
        yield (
            run_id,
            node["name"],
            _relation(node, nodes),
            node.get("column_name"),
            _claim(node),
            str(node["config"]["severity"]).lower(),
            "warn" if failing_count else "pass",  # a failing one of severity error ends the build
            failing_count,
            tested_at,
        )


def _relation(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> str:
    """Return the table that a test is about, as schema.table; empty where it is about several."""
    about = node.get("attached_node")
    if not about:
        parents: list[str] = node["depends_on"]["nodes"]
        about = parents[0] if len(parents) == 1 else None
    if about not in nodes:
        return ""
    table = nodes[about]
    return f"{table['schema']}.{table.get('alias') or table.get('identifier') or table['name']}"


def _claim(node: dict[str, Any]) -> str:
    """Return what a test claims, in its own words or as the generic test with its arguments."""
    if node.get("description"):
        return " ".join(str(node["description"]).split())
    generic: dict[str, Any] = node.get("test_metadata") or {}
    if not generic:
        return str(node["name"]).replace("_", " ")
    arguments: dict[str, Any] = generic.get("kwargs") or {}
    shown = "; ".join(
        f"{name}: {_words(value)}"
        for name, value in arguments.items()
        if name not in _HIDDEN_ARGUMENTS
    )
    claim = str(generic["name"]).replace("_", " ")
    return f"{claim} ({shown})" if shown else claim


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in cast("list[object]", value))
    return str(value)
