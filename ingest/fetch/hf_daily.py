"""Hugging Face daily papers: one JSON array a day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, cast

from ingest.fetch.errors import FetchUsage, WrongResponse
from ingest.fetch.provider import Listing, Page, Params, beginning, read_json

PAGE_SIZE: Final = 100
FIRST_DAY: Final = date(2023, 5, 4)
"""The first day that the provider has."""


class HfDaily:
    """The papers listed on each day of a period."""

    name = "hf-daily"
    group = "hugging-face"
    suffix = ".json"
    pace = 0.6  # 500 requests in 5 minutes without an account
    asks_contact = False
    page_limit = 10
    most: int | None = None
    expected: int | None = 1  # a day of more than 100 papers takes one more

    def __init__(self, base_url: str, first_day: date, last_day: date, today: date) -> None:
        """Check the period.

        Raises:
            FetchUsage: it is empty, or not past.
        """
        if last_day < first_day:
            raise FetchUsage(f"--to {last_day} lies before --from {first_day}.")
        if first_day < FIRST_DAY:
            raise FetchUsage(f"--from {first_day}: the first daily papers are of {FIRST_DAY}.")
        if last_day > today:
            raise FetchUsage(f"--to {last_day} lies in the future; today is {today} (UTC).")
        self.url = f"{base_url}/api/daily_papers"
        self.secrets: Params = {}
        self._days = [
            first_day + timedelta(days=number) for number in range((last_day - first_day).days + 1)
        ]

    def listings(self) -> Sequence[Listing]:
        """Return one listing a day."""
        return [
            Listing(
                name=day.isoformat(),
                first={"date": day.isoformat(), "limit": str(PAGE_SIZE)},
                holds=lambda fetched, day=day: fetched >= _is_over(day),
            )
            for day in self._days
        ]

    def read(self, body: bytes, asked: Params) -> Page:
        """Count the papers of a day; see `Provider.read`."""
        value = read_json(body)
        # an archive has days as {status, date, count, data: […]}
        items: Any = cast("dict[str, Any]", value).get("data") if isinstance(value, dict) else value
        if not isinstance(items, list):
            raise WrongResponse(f"no array of papers; it begins {beginning(body)}")
        count = len(cast("list[Any]", items))
        if count < PAGE_SIZE:
            return Page(count)
        return Page(count, {**asked, "p": str(int(asked.get("p", "0")) + 1)})


def _is_over(day: date) -> datetime:
    """Return when nothing is added to a day any more: a day after its end anywhere near UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=2)
