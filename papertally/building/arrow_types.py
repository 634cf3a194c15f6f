"""The types of the engine's results, said to DuckDB and to Spark."""

from typing import Any, Final

_NAMES: Final = {"string": "varchar", "bool": "boolean", "int32": "integer", "int64": "bigint"}
_SPARK_NAMES: Final = {"varchar": "string", "integer": "int"}


def duckdb_type(kind: Any) -> str:
    """Return an Arrow type as DuckDB spells it: `struct(name varchar)[]`."""
    if hasattr(kind, "value_type"):
        return f"{duckdb_type(kind.value_type)}[]"
    fields = list(kind) if getattr(kind, "num_fields", 0) else []
    if fields:
        return f"struct({', '.join(f'{field.name} {duckdb_type(field.type)}' for field in fields)})"
    return _NAMES[str(kind)]


def spark_type(kind: Any) -> str:
    """Return an Arrow type as Spark spells it: `array<struct<name:string>>`."""
    if hasattr(kind, "value_type"):
        return f"array<{spark_type(kind.value_type)}>"
    fields = list(kind) if getattr(kind, "num_fields", 0) else []
    if fields:
        return f"struct<{','.join(f'{field.name}:{spark_type(field.type)}' for field in fields)}>"
    name = _NAMES[str(kind)]
    return _SPARK_NAMES.get(name, name)
