"""Numbers and dates as people read them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

_TO: Final = "\u2013"  # an en dash: from, to
UNKNOWN: Final = "\u2013"


def number(value: int) -> str:
    """Return 12345 as 12,345."""
    return f"{value:,}"


def counted(value: int, singular: str, plural: str | None = None) -> str:
    """Return the number with its noun: 1 paper, 2 papers."""
    return f"{number(value)} {singular if value == 1 else plural or singular + 's'}"


def spaced(value: str) -> str:
    """Return a value of a small set as words: adjacent_cue as adjacent cue."""
    return value.replace("_", " ")


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence: models, datasets and metrics."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def percent(share: float | None) -> str:
    """Return a share as a percentage with two or three significant digits."""
    return UNKNOWN if share is None else f"{_digits(100 * share)} %"


def interval(low: float | None, high: float | None, *, is_rounded: bool = False) -> str:
    """Return the ends of an interval of a share as percentages, whole ones if rounded."""
    if low is None or high is None:
        return UNKNOWN
    if is_rounded:
        return f"{100 * low:.0f}{_TO}{100 * high:.0f} %"
    ends = [_digits(100 * end) for end in (low, high)]
    for more in range(1, 4):  # ends that differ should look different
        if ends[0] != ends[1] or low == high:
            break
        ends = [_digits(100 * end, more) for end in (low, high)]
    return f"{_TO.join(ends)} %"


def places(row: Mapping[str, Any]) -> str:
    """Return the places that a name may hold: 3, or 2 to 4 where intervals overlap."""
    low, high = row["place_low"], row["place_high"]
    if low is None or low == high:
        return number(row["place"])
    return f"{number(low)}{_TO}{number(high)}"


def signed(value: float) -> str:
    """Return a difference with its sign, two digits behind the point."""
    return f"{value:+.2f}".replace("-", "\N{MINUS SIGN}")


def tiny(value: float | None) -> str:
    """Return a p-value or q-value as people read it: 0.03, <0.001."""
    if value is None:
        return UNKNOWN
    return "<0.001" if value < 0.001 else f"{value:.2g}"


def day(value: date | None, precision: str | None = "day") -> str:
    """Return a date no finer than it is known: 21 Aug 2026, Aug 2026, 2026, undated."""
    if value is None:
        return "undated"
    if precision == "year":
        return f"{value:%Y}"
    if precision == "month":
        return f"{value:%b %Y}"
    if precision == "quarter":
        return f"Q{(value.month + 2) // 3} {value.year}"
    return f"{value.day} {value:%b %Y}"


def span(
    first: date | None,
    last: date | None,
    first_precision: str | None = "day",
    last_precision: str | None = "day",
) -> str:
    """Return the time between two dates, their ends included and no finer than they are known."""
    start, end = day(first, first_precision), day(last, last_precision)
    return start if start == end else f"{start} {_TO} {end}"


def moment(value: datetime | None) -> str:
    """Return a time of the pipeline, which is in UTC."""
    return "unknown" if value is None else f"{day(value.date())}, {value:%H:%M} UTC"


def _digits(value: float, more: int = 0) -> str:
    if value == 0:
        return "0"
    if value < 0.01:
        return "<0.01"
    if value < 1:
        return f"{value:.{2 + more}f}"
    if value < 99.95:
        return f"{value:.{1 + more}f}"
    return f"{value:.{more}f}"
