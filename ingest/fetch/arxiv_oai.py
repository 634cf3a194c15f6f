"""arXiv's OAI-PMH: every record of a set that changed in a period, with its versions."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from ingest.fetch.errors import ExpiredListing, FetchError, FetchUsage, WrongResponse
from ingest.fetch.provider import Listing, Page, Params, read_xml

OAI: Final = "{http://www.openarchives.org/OAI/2.0/}"


class ArxivOai:
    """The records of a set whose datestamp lies in a period."""

    name = "arxiv-oai"
    group = "arxiv"
    suffix = ".xml"
    pace = 3.0
    asks_contact = True
    page_limit = 10_000
    most: int | None = None
    expected: int | None = None

    def __init__(
        self, base_url: str, set_name: str, first_day: date, last_day: date, today: date
    ) -> None:
        """Check the period.

        Raises:
            FetchUsage: the set's name has another shape, or the period is empty or not past.
        """
        if not re.fullmatch(r"[A-Za-z0-9_.:-]+", set_name):
            raise FetchUsage(f"--set {set_name!r}: write it as cs, or as cs:cs:CL.")
        if last_day < first_day:
            raise FetchUsage(f"--until {last_day} lies before --from {first_day}.")
        if last_day >= today:
            raise FetchUsage(
                f"--until {last_day}: the day is not over; the last whole day (UTC) is the one"
                f" before {today}."
            )
        self.url = f"{base_url}/oai"
        self.secrets: Params = {}
        self._last_day = last_day
        self._set_name = set_name
        self._first: Params = {
            "verb": "ListRecords",
            "metadataPrefix": "arXivRaw",
            "set": set_name,
            "from": first_day.isoformat(),
            "until": last_day.isoformat(),
        }

    def listings(self) -> Sequence[Listing]:
        """Return the period; a day that is over gets no more datestamps."""
        name = f"{self._set_name.replace(':', '-')}_{self._first['from']}_{self._first['until']}"
        return [Listing(name, self._first, lambda fetched: fetched.date() > self._last_day)]

    def read(self, body: bytes, asked: Params) -> Page:  # noqa: ARG002 - the protocol's
        """Count the records of a response and find its resumption token; see `Provider.read`."""
        root = read_xml(body, f"{OAI}OAI-PMH")
        error = root.find(f"{OAI}error")
        if error is not None:
            code, text = error.get("code", ""), " ".join((error.text or "").split())
            if code == "noRecordsMatch":
                return Page(0)
            if code == "badResumptionToken":
                raise ExpiredListing(f"arXiv does not go on with it ({text or code})")
            raise FetchError(f"arXiv refuses the request: {code}, {text}.")
        records = root.find(f"{OAI}ListRecords")
        if records is None:
            raise WrongResponse("neither records nor an error")
        count = len(records.findall(f"{OAI}record"))
        token = (records.findtext(f"{OAI}resumptionToken") or "").strip()
        if not token:
            return Page(count)
        return Page(count, {"verb": "ListRecords", "resumptionToken": token})
