"""The process that runs one query: cut off from files, network, settings and other processes.

It is started by `query.py` beside it, reads the job from standard input and writes rows as
Arrow to standard output. Whatever a query does to it, the process that asked stays as it was.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from typing import Any, Final

import duckdb

READING: Final = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})

TABLE_FUNCTIONS: Final = frozenset(
    {
        "duckdb_columns",
        "duckdb_functions",
        "duckdb_keywords",
        "duckdb_schemas",
        "duckdb_tables",
        "duckdb_types",
        "duckdb_views",
        "generate_series",
        "json_each",
        "json_tree",
        "pragma_table_info",
        "range",
        "repeat",
        "unnest",
    }
)
"""What may stand in `from` beside tables; every other function there is refused."""

REFUSED_FUNCTIONS: Final = frozenset(
    {
        "current_setting",
        "getenv",
        "getvariable",
        "json_deserialize_sql",
        "json_execute_serialized_sql",
        "json_serialize_plan",
        "json_serialize_sql",
        "nextval",
        "currval",
        "setseed",
        "sleep_ms",
        "write_log",
    }
)
"""Functions that read or change what lies outside the tables."""

_EXPLAIN: Final = re.compile(r"\s*explain(\s+analyze)?\s+(?!\()", re.IGNORECASE)
_ODD_TYPE: Final = re.compile(
    r"INTERVAL|\bBIT\b|BIGNUM|GEOMETRY|UNION\(|VARIANT|STRUCT(\(\))?(?!\()|(DATE|TIME).*[])]$"
)
"""Types that frames do not have, and nested dates, which may be outside of their calendar."""
_SHARED_BYTES: Final = 3 << 30  # what the interpreter and its libraries map before any data


class RefusedError(Exception):
    """The query is not one that may run; the text says why."""


def checked(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raise RefusedError unless the text is one statement that only reads the tables."""
    if "\0" in sql:
        raise RefusedError("A query cannot hold a null character.")
    statements = con.extract_statements(sql)
    if len(statements) != 1:
        raise RefusedError(f"Give one statement, not {len(statements)}.")
    if statements[0].type not in READING:
        raise RefusedError("Only statements that read are run: select, from, with, explain.")
    if statements[0].type == duckdb.StatementType.EXPLAIN:
        found = _EXPLAIN.match(sql)
        if not found:
            raise RefusedError("Write explain first, then the statement, without options.")
        checked(con, sql[found.end() :])
        return
    for kind, name in _named(_tree(con, sql)):
        if kind == "table" and name not in TABLE_FUNCTIONS:
            raise RefusedError(f"{name}() is not open to queries; read the tables.")
        if name in REFUSED_FUNCTIONS:
            raise RefusedError(f"{name}() is not open to queries.")


def _tree(con: duckdb.DuckDBPyConnection, sql: str) -> Any:
    rows = con.execute("select json_serialize_sql($1)", [sql]).fetchall()
    tree = json.loads(rows[0][0])
    if tree.get("error"):
        raise RefusedError(f"DuckDB refuses the query: {tree.get('error_message')}")
    return tree


def _named(tree: Any) -> Iterator[tuple[str, str]]:
    """Walk a parsed statement; yield the functions it calls and where they stand."""
    waiting: list[tuple[str, Any]] = [("scalar", tree)]
    while waiting:
        kind, node = waiting.pop()
        if isinstance(node, list):
            waiting += [("scalar", item) for item in node]  # pyright: ignore[reportUnknownVariableType]
        elif isinstance(node, dict):
            if "function_name" in node:
                yield kind, str(node["function_name"]).lower()  # pyright: ignore[reportUnknownArgumentType]
            is_table = node.get("type") == "TABLE_FUNCTION"  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            waiting += [
                ("table" if is_table and key == "function" else "scalar", value)
                for key, value in node.items()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            ]


def readable(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Return the relation with columns that frames can hold: odd types as text, names once."""
    names: list[str] = []
    for name in relation.columns:
        count = sum(known == name or known.startswith(f"{name}:") for known in names)
        names.append(f"{name}:{count}" if name in names else name)
    is_odd = [bool(_ODD_TYPE.search(str(kind))) for kind in relation.types]
    if names == relation.columns and not any(is_odd):
        return relation
    quoted = ('"' + name.replace('"', '""') + '"' for name in names)
    return relation.project(
        ", ".join(
            f"cast(#{place} as varchar) as {name}" if odd else f"#{place} as {name}"
            for place, (name, odd) in enumerate(zip(quoted, is_odd, strict=True), 1)
        )
    )


def refuse_far_dates(batch: Any) -> None:
    """Raise RefusedError where a frame has no such day, as infinity or the year 20000."""
    from pyarrow import types

    kinds: Any = types
    for field, column in zip(batch.schema, batch.columns, strict=True):
        is_date = kinds.is_date(field.type)
        if is_date or (kinds.is_timestamp(field.type) and field.type.unit != "ns"):
            from pyarrow import compute  # a tenth of a second, for those who return days only

            arrow: Any = compute
            try:
                arrow.min_max(column).as_py()
            except (ValueError, OverflowError):
                raise RefusedError(
                    f"{field.name} holds a day outside of the years 1 to 9999. "
                    "Return it as text: cast(… as varchar)."
                ) from None


def run(job: dict[str, Any]) -> None:
    """Run the job and write its rows."""
    import pyarrow as pa

    limit = int(job["memory_mb"])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (job["file_bytes"], job["file_bytes"]))
    # Ends it in time even where the process that asked is gone.
    resource.setrlimit(resource.RLIMIT_CPU, (job["cpu_seconds"], job["cpu_seconds"]))
    whole = _SHARED_BYTES + (limit << 20)
    resource.setrlimit(resource.RLIMIT_AS, (whole, whole))
    con = duckdb.connect(
        job["path"],
        read_only=True,
        config={
            "enable_external_access": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "python_enable_replacements": False,
            "memory_limit": f"{limit}MB",
            "max_temp_directory_size": "0MB",
            "threads": job["threads"],
            "lock_configuration": True,
        },
    )
    sql: str = job["sql"]
    checked(con, sql)
    reader = readable(con.sql(sql)).to_arrow_reader(10_000)
    rows = float("inf") if job["rows"] is None else int(job["rows"])
    writer: Any = pa.ipc.new_stream(sys.stdout.buffer, reader.schema)  # pyright: ignore[reportUnknownMemberType]
    with writer:
        for batch in reader:
            refuse_far_dates(batch)
            # One row more than wanted tells that there are more.
            writer.write_batch(batch.slice(0, int(min(rows + 1, batch.num_rows))))
            rows -= batch.num_rows
            if rows < 0:
                break


def main() -> None:
    """Take one job from standard input; say in words why it cannot be done."""
    try:
        run(json.loads(sys.stdin.read()))
    except (RefusedError, duckdb.Error) as error:
        prefix = "" if isinstance(error, RefusedError) else "DuckDB refuses the query: "
        sys.stderr.write(f"{prefix}{error}")
        sys.exit(2)
    except MemoryError:
        sys.stderr.write("The query needs more memory than one may have.")
        sys.exit(2)


if __name__ == "__main__":
    main()
