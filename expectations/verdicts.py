"""Great Expectations' results, reduced to a word. All that is untyped about them stays here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

import polars as pl

MAX_ERROR: Final = 300


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an expectation held, and what was seen, in a few characters."""

    is_passed: bool
    observed_value: str


def verdicts_of(
    checkpoint_result: object, frames: Mapping[str, pl.DataFrame]
) -> dict[str, Verdict]:
    """Return the verdict on each check of a checkpoint's run, by check name.

    Args:
        checkpoint_result: what `Checkpoint.run` returned.
        frames: the judged profiles, by name.
    """
    verdicts: dict[str, Verdict] = {}
    for run in cast("Any", checkpoint_result).run_results.values():
        frame = frames[run.asset_name]
        for result in run.results:
            config = result.expectation_config
            verdicts[config.meta["check_name"]] = Verdict(
                is_passed=bool(result.success),
                observed_value=_error(result.exception_info)
                or observed_in(frame, cast("dict[str, object]", config.kwargs)),
            )
    return verdicts


def not_computed(reason: str) -> Verdict:
    """Return the verdict on a check whose profile could not be computed: it failed."""
    return Verdict(is_passed=False, observed_value=f"could not be checked: {reason[:MAX_ERROR]}")


def observed_in(frame: pl.DataFrame, kwargs: Mapping[str, object]) -> str:
    """Say what the judged columns hold: a value, a range, or how many rows differ.

    Args:
        frame: the profile.
        kwargs: of the expectation; they name one column, a pair or a list.
    """
    columns = _columns(kwargs)
    if not columns:
        return f"{frame.height} rows"
    judged = frame.select(columns).drop_nulls()
    if judged.is_empty():
        return "nothing to judge"
    if len(columns) > 1:
        differing = judged.filter(
            pl.any_horizontal(pl.col(columns[0]) != pl.col(other) for other in columns[1:])
        ).height
        if judged.height == 1:
            return " and ".join(_short(value) for value in judged.row(0))
        return f"{differing} of {judged.height} differ"
    column = judged.get_column(columns[0])
    if not column.dtype.is_numeric():
        return f"{column.n_unique()} values"
    low, high = _short(column.min()), _short(column.max())
    return low if low == high else f"{low} to {high}"


def _columns(kwargs: Mapping[str, object]) -> list[str]:
    if "column_list" in kwargs:
        return list(cast("list[str]", kwargs["column_list"]))
    return [str(kwargs[key]) for key in ("column", "column_A", "column_B") if key in kwargs]


def _short(value: object) -> str:
    match value:
        case float():
            return f"{value:,.4g}"
        case int():
            return f"{value:,}"
        case _:
            return str(value)


def _error(exception_info: object) -> str:
    """Return the message of the first metric that could not be computed; empty when all could."""
    info = cast("dict[str, Any]", exception_info or {})
    entries: list[dict[str, Any]] = [info] if "raised_exception" in info else list(info.values())
    for entry in entries:
        if entry.get("raised_exception"):
            return f"could not be checked: {entry.get('exception_message')}"[:MAX_ERROR]
    return ""
