"""Running a gate: profiles from DuckDB, judgement by Great Expectations, rows for people."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

import duckdb
import polars as pl

from expectations.checkpoints import build_checkpoint, judged_profiles
from expectations.context import load_gx, quiet_context, write_docs
from expectations.failures import BROKEN_TABLE, Failure, find_loads, find_rows
from expectations.profiles.changes import PREVIOUS
from expectations.results import CheckResult, Gate, GateResult, Severity
from expectations.suites import Judged, check_name_of, rows_sql_of
from expectations.verdicts import Verdict, not_computed, verdicts_of

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation


def run_gate(
    con: duckdb.DuckDBPyConnection,
    gate: Gate,
    *,
    run_id: str,
    checked_at: datetime,
    docs_dir: Path | None,
    load_ids: Sequence[str] | None = None,
) -> GateResult:
    """Check a build file and say what holds and what does not. Nothing is written to the file.

    Args:
        con: a connection to the build file, with no unfinished result on it. Where the
            published file is attached to it as `previous`, changes since then are judged too.
        gate: `landed_batch` after ingest, `marts` after dbt.
        run_id: what the run is called in the Data Docs.
        checked_at: the clock; papers may be dated up to the day after. Without a zone it is UTC.
        docs_dir: where the Data Docs go; None for none.
        load_ids: the loads that the landed batch consists of; None for all that are accepted.
    """
    checked_at = checked_at if checked_at.tzinfo else checked_at.replace(tzinfo=UTC)
    latest_date = (checked_at.astimezone(UTC) + timedelta(days=1)).date()
    attached = con.sql("from duckdb_databases()").project("database_name").fetchall()
    judged = judged_profiles(
        gate,
        load_ids=load_ids,
        latest_date=latest_date,
        has_previous=(PREVIOUS,) in attached,
    )
    frames, faults = _compute(con, judged)
    verdicts = _validate(gate, judged, frames, run_id, checked_at, docs_dir)
    checks: list[CheckResult] = []
    for profile, suite in judged:
        for expectation in suite.expectations:
            if profile.name in faults:
                verdict = not_computed(faults[profile.name])
            else:
                verdict = verdicts[check_name_of(expectation)]
            failure = _failure(con, gate, expectation, load_ids) if not verdict.is_passed else None
            checks.append(_check_result(expectation, verdict, failure))
    return GateResult(gate=gate, checks=tuple(checks))


def _compute(
    con: duckdb.DuckDBPyConnection, judged: Sequence[Judged]
) -> tuple[dict[str, pl.DataFrame], dict[str, str]]:
    """Return the profiles that could be computed, and why the others could not."""
    frames: dict[str, pl.DataFrame] = {}
    faults: dict[str, str] = {}
    for profile, _ in judged:
        try:
            frames[profile.name] = con.sql(profile.sql).pl()
        except BROKEN_TABLE as error:
            faults[profile.name] = str(error)
    return frames, faults


def _validate(
    gate: Gate,
    judged: Sequence[Judged],
    frames: Mapping[str, pl.DataFrame],
    run_id: str,
    checked_at: datetime,
    docs_dir: Path | None,
) -> dict[str, Verdict]:
    """Run the gate's checkpoint over the frames, and write the Data Docs if asked."""
    if not frames:
        return {}
    gx = load_gx()
    context = quiet_context(docs_dir / gate if docs_dir is not None else None)
    with TemporaryDirectory(prefix="papertally-gate-") as folder:
        checkpoint: Any = build_checkpoint(context, gate, judged, frames, Path(folder))
        result = checkpoint.run(run_id=gx.RunIdentifier(run_name=run_id, run_time=checked_at))
        if docs_dir is not None:
            write_docs(context, docs_dir)
    return verdicts_of(result, frames)


def _failure(
    con: duckdb.DuckDBPyConnection,
    gate: Gate,
    expectation: "Expectation",
    load_ids: Sequence[str] | None,
) -> Failure:
    rows_sql = rows_sql_of(expectation)
    failure = find_rows(con, rows_sql)
    if gate == "marts":
        return failure
    return Failure(failure.row_count, failure.rows, find_loads(con, rows_sql, load_ids))


def _check_result(
    expectation: "Expectation", verdict: Verdict, failure: Failure | None
) -> CheckResult:
    return CheckResult(
        check_name=check_name_of(expectation),
        description=str(expectation.description),
        severity=cast(
            "Severity", str(getattr(expectation.severity, "value", expectation.severity))
        ),
        is_passed=verdict.is_passed,
        observed_value=verdict.observed_value,
        failing_count=failure.row_count if failure else 0,
        failing_rows=failure.rows if failure else [],
        failing_loads=failure.loads if failure else {},
    )
