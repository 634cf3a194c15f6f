"""Pairs over several types at once: models with datasets, datasets with metrics, and so on."""

from itertools import combinations

import duckdb
import polars as pl

from queries.scope import Scope, Values
from queries.statements import Statement
from queries.together import pairs


def across(scope: Scope, types: tuple[str, ...], most: int, least: int) -> Statement:
    """State the pairs of each two of the types, or of the one type with itself."""
    kinds = list(combinations(types, 2)) or [(types[0], types[0])]
    values: Values = {}
    parts: list[str] = []
    for place, (row_type, column_type) in zip("abcdef", kinds, strict=False):
        statement = pairs(scope, row_type, column_type, most, least)
        values |= statement.values
        values |= {f"row_type_{place}": row_type, f"column_type_{place}": column_type}
        sql = statement.sql.replace("$row_type", f"$row_type_{place}").replace(
            "$column_type", f"$column_type_{place}"
        )
        parts.append(f"select * from ({sql})")
    return Statement("\nunion all\n".join(parts), values)


def met(
    con: duckdb.DuckDBPyConnection, scope: Scope, types: tuple[str, ...], most: int, least: int
) -> pl.DataFrame:
    """Return the pairs, those that most papers beyond chance hold first."""
    return across(scope, types, most, least).run(con).sort(
        pl.col("pair_paper_count") * pl.col("npmi"), "entity_id", "other_entity_id",
        descending=[True, False, False],
    )  # fmt: skip
