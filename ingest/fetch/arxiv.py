"""The arXiv API: Atom feeds of the papers that a query finds, newest first."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from ingest.fetch.errors import FetchError, FetchUsage, WrongResponse
from ingest.fetch.provider import Listing, Page, Params, listing_name, read_xml, requests_for

ATOM: Final = "{http://www.w3.org/2005/Atom}"
TOTAL: Final = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
PAGE_SIZE: Final = 500
LARGEST_QUERY: Final = 30_000
"""What arXiv hands out for one query."""


class Arxiv:
    """The newest papers of a query."""

    name = "arxiv"
    group = "arxiv"
    suffix = ".xml"
    pace = 3.0
    asks_contact = True
    page_limit = LARGEST_QUERY // PAGE_SIZE

    def __init__(self, base_url: str, query: str, most: int, today: date) -> None:
        """Check the query.

        Raises:
            FetchUsage: it is empty, or asks for more than arXiv hands out.
        """
        if not query.strip():
            raise FetchUsage("--query is empty; write it as in --query 'cat:cs.CL'.")
        if not 1 <= most <= LARGEST_QUERY:
            raise FetchUsage(
                f"--max {most}: arXiv hands out 1 to {LARGEST_QUERY:,} papers of a query."
                " For more, use arxiv-oai."
            )
        self.url = f"{base_url}/api/query"
        self.most: int | None = most
        self.expected: int | None = requests_for(most, PAGE_SIZE)
        self.secrets: Params = {}
        self._today = today
        self._first: Params = {
            "search_query": query.strip(),
            "sortBy": "submittedDate",
            "sortOrder": "descending",
            "start": "0",
            "max_results": str(min(PAGE_SIZE, most)),
        }

    def listings(self) -> Sequence[Listing]:
        """Return the query; arXiv's answers change once a day, so that long a response holds."""
        name = listing_name(self._first["search_query"], self._first)
        return [Listing(name, self._first, lambda fetched: fetched.date() >= self._today)]

    def read(self, body: bytes, asked: Params) -> Page:
        """Count the entries of a feed; see `Provider.read`."""
        feed = read_xml(body, f"{ATOM}feed")
        entries = feed.findall(f"{ATOM}entry")
        for entry in entries:
            if "/api/errors" in (entry.findtext(f"{ATOM}id") or ""):
                summary = " ".join((entry.findtext(f"{ATOM}summary") or "").split())
                raise FetchError(f"arXiv refuses the query: {summary}.")
        total = feed.findtext(TOTAL) or ""
        if not total.isdecimal():
            raise WrongResponse("a feed without its total")
        start = int(asked["start"]) + len(entries)
        if not entries and start < min(int(total), LARGEST_QUERY):
            raise WrongResponse(f"an empty feed, although the query has {int(total):,} papers")
        if start >= min(int(total), LARGEST_QUERY):
            return Page(len(entries))
        left = (self.most or LARGEST_QUERY) - start
        size = str(max(min(PAGE_SIZE, left), 1))
        return Page(len(entries), {**asked, "start": str(start), "max_results": size})
