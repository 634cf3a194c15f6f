"""Dates of sources, written as ISO 8601 as finely as they are stated and no finer."""

import re
from typing import Final

MONTHS: Final = {
    name: f"{number:02d}"
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
MONTH_NAME: Final = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]*\b\.?", re.IGNORECASE)
MONTH_NUMBER: Final = re.compile(r"0?[1-9]|1[0-2]")
YEAR: Final = re.compile(r"\d{4}")


def year_and_month(year: str | None, month: str | None) -> str | None:
    """Return `YYYY-MM` where the month is one month, `YYYY` where it is none or several.

    A year that is not four digits is returned as it is.
    """
    if not year or not month or not YEAR.fullmatch(year.strip()):
        return year
    names = {name.lower() for name in MONTH_NAME.findall(month)}
    if len(names) == 1:
        return f"{year.strip()}-{MONTHS[names.pop()]}"
    if MONTH_NUMBER.fullmatch(month.strip()):
        return f"{year.strip()}-{month.strip():0>2}"
    return year.strip()


def dated(published: object, kind: str) -> dict[str, object]:
    """Return a date with its kind; what is not dated has no kind of date."""
    return {"published": published, "published_kind": kind if published else None}
