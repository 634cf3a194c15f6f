"""OpenAlex: works that a filter or a search finds, page by page behind a cursor."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, cast

from ingest.fetch.errors import FetchUsage, WrongResponse
from ingest.fetch.provider import (
    Listing,
    Page,
    Params,
    beginning,
    listing_name,
    read_json,
    requests_for,
)

PAGE_SIZE: Final = 100
FIELDS: Final = (
    "id,doi,title,display_name,publication_year,publication_date,ids,language,type,"
    "primary_location,locations,authorships,abstract_inverted_index,cited_by_count,updated_date"
)
"""What is used of a work, and what identifies it; whole works are five times as large."""


class OpenAlex:
    """The works of a filter, a search, or both."""

    name = "openalex"
    group = "openalex"
    suffix = ".json"
    pace = 0.1  # the provider allows 100 a second; one connection does not need them
    asks_contact = True
    page_limit = 10_000

    def __init__(
        self, base_url: str, filters: str, search: str, most: int, today: date, secrets: Params
    ) -> None:
        """Check the query; `secrets` are the key and the address that go with every request.

        Raises:
            FetchUsage: it would be every work there is, or none.
        """
        if not (filters.strip() or search.strip()):
            raise FetchUsage(
                "Give --filter or --search; all of OpenAlex comes as a snapshot, not by requests."
            )
        if most < 1:
            raise FetchUsage(f"--max {most}: ask for one work or more.")
        self.url = f"{base_url}/works"
        self.most: int | None = most
        self.expected: int | None = requests_for(most, PAGE_SIZE)
        self.secrets = secrets
        self._today = today
        wanted = {"filter": filters.strip(), "search": search.strip()}
        self._first: Params = {
            **{name: value for name, value in wanted.items() if value},
            "select": FIELDS,
            "per_page": str(PAGE_SIZE),
            "cursor": "*",
        }

    def listings(self) -> Sequence[Listing]:
        """Return the query; a response holds for the day."""
        words = f"{self._first.get('search', '')} {self._first.get('filter', '')}"
        name = listing_name(words, self._first)
        return [Listing(name, self._first, lambda fetched: fetched.date() >= self._today)]

    def read(self, body: bytes, asked: Params) -> Page:
        """Count the works of a response and find its cursor; see `Provider.read`."""
        value = read_json(body)
        if not isinstance(value, dict):
            raise WrongResponse(f"no object; it begins {beginning(body)}")
        response = cast("dict[str, Any]", value)
        results, meta = response.get("results"), response.get("meta")
        if not isinstance(results, list) or not isinstance(meta, dict):
            raise WrongResponse(f"no results with their meta; it begins {beginning(body)}")
        count = len(cast("list[Any]", results))
        cursor = cast("dict[str, Any]", meta).get("next_cursor")
        if not count or not isinstance(cursor, str) or not cursor:
            return Page(count)
        return Page(count, {**asked, "cursor": cursor})
