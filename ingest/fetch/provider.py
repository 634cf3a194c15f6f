"""What every provider says of itself: where to ask, how often, and how to read an answer."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode

import orjson
from lxml import etree

from ingest.fetch.errors import WrongResponse

Params = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """One list that a provider hands out in one or more responses.

    Attributes:
        name: what its files are called.
        first: parameters of the first request.
        holds: whether a response of that time still says what the provider would say now.
    """

    name: str
    first: Params
    holds: Callable[[datetime], bool]


@dataclass(frozen=True, slots=True)
class Page:
    """What one response holds: how many records, and what to ask next, if anything."""

    record_count: int
    following: Params | None = None


class Provider(Protocol):
    """A provider of papers, with what this call wants from it.

    Attributes:
        name: also the folder of its responses.
        group: providers of one group share their limits, so only one of them is asked at a time.
        url: where all its requests go.
        suffix: the ending of its files.
        pace: seconds from one request to the next, at least.
        asks_contact: whether it asks clients to say whom to write to.
        page_limit: responses in one listing, at most; a listing without end stops there.
        most: records wanted, at most.
        expected: requests for one listing, where that is known before asking.
        secrets: parameters that are sent, and neither stored nor shown.
    """

    name: str
    group: str
    url: str
    suffix: str
    pace: float
    asks_contact: bool
    page_limit: int
    most: int | None
    expected: int | None
    secrets: Params

    def listings(self) -> Sequence[Listing]:
        """Return what to fetch, in order."""
        ...

    def read(self, body: bytes, asked: Params) -> Page:
        """Return what a response holds.

        Raises:
            WrongResponse: it is not what the provider documents.
            ExpiredListing: the listing has to be begun anew.
            FetchError: the provider says that the request itself is wrong.
        """
        ...


def public_url(provider: Provider, params: Params) -> str:
    """Return the address of a request without its secrets."""
    return f"{provider.url}?{urlencode(params)}"


def listing_name(words: str, params: Params) -> str:
    """Return a name for people, made unique by a hash of the first request."""
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40].strip("-") or "all"
    return f"{slug}-{hashlib.sha256(urlencode(params).encode()).hexdigest()[:8]}"


def requests_for(records: int, page_size: int) -> int:
    """Return how many responses hold so many records."""
    return -(-records // page_size)


def read_json(body: bytes) -> Any:
    """Parse a response.

    Raises:
        WrongResponse: it is not whole JSON.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise WrongResponse(f"not whole JSON ({error}); it begins {beginning(body)}") from error


def read_xml(body: bytes, root_tag: str) -> etree._Element:  # pyright: ignore[reportPrivateUsage] (lxml has no other name for it)
    """Parse a response without entities, DTDs or the network.

    Raises:
        WrongResponse: it is not whole XML, or another document.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise WrongResponse(f"not whole XML ({error}); it begins {beginning(body)}") from error
    if root.tag != root_tag:
        raise WrongResponse(f"a document of another kind; it begins {beginning(body)}")
    return root


def beginning(body: bytes) -> str:
    """Return the first words of a response, for a message."""
    return repr(" ".join(body[:400].decode("utf-8", "replace").split())[:80])
