"""The dbt tests of the build that made the file: how many of each table, and each of them."""

from dataclasses import dataclass

import duckdb
import polars as pl

from queries.records import one


@dataclass(frozen=True)
class TestSummary:
    """All dbt tests of the build in numbers."""

    test_count: int
    relation_count: int
    passed_count: int
    failing_count: int


def summary(con: duckdb.DuckDBPyConnection) -> TestSummary:
    """Return how many tests there were, on how many tables, and how many passed."""
    found = one(
        con,
        """
        select
            count(*) as test_count,
            count(distinct nullif(relation_name, '')) as relation_count,
            count(*) filter (where status = 'pass') as passed_count,
            count(*) filter (where status != 'pass') as failing_count
        from quality.dbt_tests
        """,
        TestSummary,
    )
    assert found is not None  # an aggregate always has a row  # noqa: S101
    return found


def tests(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return every test, those that did not pass first, then the public tables first."""
    return con.sql(
        """
        select
            relation_name, column_name, claim, severity, status, failing_count
        from quality.dbt_tests
        order by
            status = 'pass',
            case split_part(relation_name, '.', 1)
                when 'marts' then 1 when 'quality' then 2 when '' then 4 else 3
            end,
            relation_name, column_name nulls first, claim
        """
    ).pl()
