"""What a gate found, for the command line, for the dashboard and for the warehouse."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

import duckdb

Gate = Literal["landed_batch", "marts"]
Severity = Literal["critical", "warning"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One claim and whether it held.

    Attributes:
        check_name: unique within its gate.
        description: the claim, in a sentence.
        severity: a critical failure stops publication, a warning is shown.
        is_passed: whether the claim held.
        observed_value: what was found, in a few characters.
        failing_count: how many rows break the claim; at least 1 where it failed.
        failing_rows: the first of those rows.
        failing_loads: in the landed batch, the loads concerned and their figures.
    """

    check_name: str
    description: str
    severity: Severity
    is_passed: bool
    observed_value: str
    failing_count: int = 0
    failing_rows: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    failing_loads: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class GateResult:
    """The checks of one gate, in the order of its suites."""

    gate: Gate
    checks: tuple[CheckResult, ...]

    @property
    def is_passed(self) -> bool:
        """Whether nothing critical failed."""
        return not self.failed_critical

    @property
    def failed_critical(self) -> tuple[CheckResult, ...]:
        """The failures that stop publication."""
        return self._failed("critical")

    @property
    def warnings(self) -> tuple[CheckResult, ...]:
        """The failures that are only shown."""
        return self._failed("warning")

    @property
    def refused_loads(self) -> dict[str, str]:
        """The loads that a critical check found at fault, each with the reason."""
        reasons: dict[str, list[str]] = {}
        for check in self.failed_critical:
            for load_id, figures in check.failing_loads.items():
                reason = f"{check.description} ({check.check_name}; {figures})"
                reasons.setdefault(load_id, []).append(reason)
        return {load_id: " ".join(found) for load_id, found in reasons.items()}

    def _failed(self, severity: Severity) -> tuple[CheckResult, ...]:
        return tuple(
            check for check in self.checks if not check.is_passed and check.severity == severity
        )


def land_results(
    con: duckdb.DuckDBPyConnection, run_id: str, checked_at: datetime, result: GateResult
) -> None:
    """Insert one row a check into quality.check_results, passed or not.

    Args:
        con: a writable connection to the build file, with the quality tables.
        run_id: the run that the gate belongs to.
        checked_at: when it was checked; a time without a zone is taken as UTC.
        result: what `run_gate` returned.
    """
    at = checked_at.astimezone(UTC).replace(tzinfo=None) if checked_at.tzinfo else checked_at
    con.executemany(
        "insert into quality.check_results (run_id, gate, check_name, description, severity,"
        " is_passed, observed_value, failing_count, failing_rows, checked_at)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                run_id,
                result.gate,
                check.check_name,
                check.description,
                check.severity,
                check.is_passed,
                check.observed_value,
                check.failing_count,
                rows_as_json(check.failing_rows),
                at,
            )
            for check in result.checks
        ],
    )


def rows_as_json(rows: list[dict[str, object]]) -> str | None:
    """Return the rows as JSON text, dates and the like as strings; null when there are none."""
    return json.dumps(rows, ensure_ascii=False, default=str) if rows else None
