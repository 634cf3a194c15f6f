"""Shares and periods in SQL, as the marts compute them, for counts under a filter."""

from datetime import date, timedelta
from typing import Final, Literal, TypeGuard

Grain = Literal["year", "quarter", "month"]
GRAINS: Final[tuple[Grain, ...]] = ("year", "quarter", "month")


def is_grain(word: str) -> TypeGuard[Grain]:
    """Tell whether a word is the length of a period."""
    return word in GRAINS


def share(successes: str, trials: str) -> str:
    """Return the share with the ends of its 95 % Wilson interval, as three columns."""
    centre = f"({successes} + 1.9207294) / ({trials} + 3.8414588)"
    spread = (
        f"1.959964 * sqrt({successes} * ({trials} - {successes})::double / {trials} + 0.9603647) "
        f"/ ({trials} + 3.8414588)"
    )
    return f"""
            {successes}::double / nullif({trials}, 0) as paper_share,
            case when {trials} > 0 then greatest(0.0, {centre} - {spread}) end as paper_share_low,
            case when {trials} > 0 then least(1.0, {centre} + {spread}) end as paper_share_high"""


def period(grain: Grain, papers: str = "papers") -> str:
    """Return the first day of a paper's period; null where its date is not known that finely."""
    fine = "'day', 'month', 'year'" if grain == "year" else "'day', 'month'"
    return (
        f"case when {papers}.published_precision in ({fine}) "
        f"then date_trunc('{grain}', {papers}.published_on)::date end"
    )


def last_day(first: date, grain: Grain) -> date:
    """Return the last day of the period that begins on a day."""
    months = {"year": 12, "quarter": 3, "month": 1}[grain] + first.month - 1
    return date(first.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)


def step(grain: Grain) -> str:
    """Return the length of a period as an interval."""
    return "interval 3 month" if grain == "quarter" else f"interval 1 {grain}"
