"""Identifiers and dates in the places where sources keep them."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from ingest.formats.dates import MONTHS

ARXIV: Final = re.compile(
    r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE
)
ARXIV_LINK: Final = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|huggingface\.co/papers/|10\.48550/arxiv\.)"
    rf"(?P<id>{ARXIV.pattern})",
    re.IGNORECASE,
)
DOI_LINK: Final = re.compile(r"doi\.org/(?P<id>10\.\d{4,9}/\S+)", re.IGNORECASE)
ACL_LINK: Final = re.compile(
    r"(?:aclanthology\.org|aclweb\.org/anthology)/(?:papers/.*/)?"
    r"(?P<id>[A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)",
    re.IGNORECASE,
)
OPENREVIEW_LINK: Final = re.compile(r"openreview\.net/(?:forum|pdf)\?(?:.*&)?id=(?P<id>[\w-]+)")
LINKS: Final = {
    "arxiv_id": ARXIV_LINK,
    "doi": DOI_LINK,
    "acl_id": ACL_LINK,
    "openreview_id": OPENREVIEW_LINK,
}
MAIL_TIME: Final = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) (?:GMT|UTC|\+0000)",
    re.ASCII,
)
DAY_IN_NAME: Final = re.compile(r"(?<!\d)((?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)")
YEAR_IN_NAME: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def identifiers_in(*links: object) -> dict[str, object]:
    """Return the identifiers that links name, by name of a RECORD column."""
    found: dict[str, object] = {}
    for link in links:
        if isinstance(link, str):
            for name, pattern in LINKS.items():
                if name not in found and (match := pattern.search(link)):
                    found[name] = unquote(match["id"]) if name == "doi" else match["id"]
    return found


def arxiv_id(value: object) -> str | None:
    """Return the value if it has the form of an arXiv identifier."""
    return value if isinstance(value, str) and ARXIV.fullmatch(value) else None


def iso_time(value: object) -> object:
    """Return a date as mail spells it (Mon, 2 Apr 2007 19:18:42 GMT) as 2007-04-02T19:18:42Z.

    Anything else is returned as it is.
    """
    if isinstance(value, str) and (found := MAIL_TIME.fullmatch(value)):
        day, name, year, time = found.groups()
        if month := MONTHS.get(name.lower()):
            return f"{year}-{month}-{day:0>2}T{time}Z"
    return value


def time_of_milliseconds(value: object) -> object:
    """Return milliseconds since 1970 in the ISO form; anything else as it is."""
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    try:
        return as_utc(datetime.fromtimestamp(value / 1000, UTC))
    except (ValueError, OverflowError, OSError):
        return str(value)


def as_utc(moment: datetime) -> str:
    """Spell a moment in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_in_name(path: Path) -> str | None:
    """Return the day that a file name states."""
    found = DAY_IN_NAME.search(path.name)
    return found[1] if found else None


def year_in_name(path: Path) -> str | None:
    """Return the year that a file name states."""
    found = YEAR_IN_NAME.search(path.name)
    return found[1] if found else None
