"""What a gate found, in words for a person."""

from typing import Final

from expectations.results import GateResult
from papertally.terminal import say

WARNED_ROWS: Final = 5


def describe(result: GateResult) -> str:
    """Return the failed checks of a gate, with the rows that failed them."""
    lines: list[str] = []
    for failed in result.failed_critical:
        lines.append(f"- {failed.check_name}: {failed.description} Seen: {failed.observed_value}.")
        lines.extend(f"    {row}" for row in failed.failing_rows)
    return "\n".join(lines)


def warn(result: GateResult) -> None:
    """Say which checks failed that stop nothing, with the first rows that did."""
    for warning in result.warnings:
        rows = [str(row) for row in warning.failing_rows[:WARNED_ROWS]]
        if (more := warning.failing_count - len(rows)) > 0 and rows:
            rows.append(f"and {more:,} more; see quality.check_results")
        said = f"{warning.check_name}: {warning.description} Seen: {warning.observed_value}."
        say("\n".join([f"warning: {said}", *rows]))
