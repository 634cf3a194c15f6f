"""What the gate said: check results of the runs that led to the published file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import duckdb
import polars as pl

from queries.records import one

GateState = Literal["passed", "caution", "failed", "unchecked"]


@dataclass(frozen=True)
class GateSummary:
    """The latest run of the gate in numbers."""

    run_id: str | None
    checked_at: datetime | None
    check_count: int
    failed_count: int
    failed_critical_count: int

    @property
    def state(self) -> GateState:
        """Return the verdict: a failing critical check outweighs any other."""
        if self.check_count == 0:
            return "unchecked"
        if self.failed_critical_count:
            return "failed"
        return "caution" if self.failed_count else "passed"


def latest(con: duckdb.DuckDBPyConnection) -> GateSummary:
    """Return the summary of the latest run of the gate."""
    found = one(
        con,
        """
        with

        last_run as (
            select arg_max(run_id, checked_at) as run_id from quality.check_results
        )

        select
            max(results.run_id) as run_id,
            max(results.checked_at) as checked_at,
            count(*) as check_count,
            count(*) filter (where not results.is_passed) as failed_count,
            count(*) filter (where not results.is_passed and results.severity = 'critical')
                as failed_critical_count
        from quality.check_results as results
        inner join last_run on results.run_id = last_run.run_id
        """,
        GateSummary,
    )
    assert found is not None  # an aggregate always has a row  # noqa: S101
    return found


def results(con: duckdb.DuckDBPyConnection, run_limit: int = 5) -> pl.DataFrame:
    """Return the checks of the latest runs: newest run first, failures first within a run."""
    return con.sql(
        """
        with

        runs as (
            select run_id, max(checked_at) as checked_at
            from quality.check_results
            group by run_id
            order by checked_at desc
            limit $1
        )

        select
            results.run_id,
            runs.checked_at as run_checked_at,
            results.gate,
            results.check_name,
            results.description,
            results.severity,
            results.is_passed,
            results.observed_value,
            results.failing_count,
            results.failing_rows
        from quality.check_results as results
        inner join runs on results.run_id = runs.run_id
        order by
            runs.checked_at desc, results.run_id, results.is_passed,
            results.severity, results.gate, results.description
        """,
        params=[run_limit],
    ).pl()
