"""From response to response until nothing is left to ask; and the plan of it, without asking."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ingest.fetch.client import Answer, Client, Limits
from ingest.fetch.errors import ExpiredListing, FetchError, WrongResponse
from ingest.fetch.provider import Listing, Page, Params, Provider, public_url
from ingest.fetch.store import Entry, Store
from ingest.fetch.turn import Clock, take_turn


@dataclass(frozen=True, slots=True)
class Plan:
    """What a fetch would do.

    Attributes:
        stored: responses that are here and hold.
        requests: further requests, as far as they are known before asking.
        is_exact: whether their number is known before asking.
        first_url: the first request, without secrets.
    """

    stored: int
    requests: int
    is_exact: bool
    first_url: str | None


@dataclass(slots=True)
class Fetched:
    """What a fetch brought, or found here.

    Attributes:
        files: the responses that hold records, in order.
        record_count: records in them.
        response_count: responses, those without records too.
        stored_count: responses that were here and did not have to be asked for.
        request_count: requests, those that had to be repeated too.
    """

    files: list[Path] = field(default_factory=list[Path])
    record_count: int = 0
    response_count: int = 0
    stored_count: int = 0
    request_count: int = 0


def plan(provider: Provider, folder: Path, clock: Clock | None = None) -> Plan:
    """Return what a fetch would do; nothing is asked and nothing is written."""
    harvest = _Harvest(provider, Store(folder / provider.name, provider.suffix), clock or Clock())
    stored = requests = 0
    first_url = None
    for listing in provider.listings():
        asked: Params | None = listing.first
        number = record_count = 0
        while asked is not None and (held := harvest.held(listing, number + 1, asked)):
            number += 1
            record_count += held[1].record_count
            asked = harvest.following(held[1], record_count)
        stored += number
        if asked is not None:
            requests += max((provider.expected or 1) - number, 1)
            first_url = first_url or public_url(provider, asked)
    return Plan(stored, requests, provider.expected is not None or not requests, first_url)


def fetch(
    provider: Provider,
    folder: Path,
    user_agent: str,
    say: Callable[[str], None],
    clock: Clock | None = None,
    limits: Limits | None = None,
) -> Fetched:
    """Bring everything that the provider's listings name and that is not here yet.

    Raises:
        FetchError: the provider refuses or fails; what came before is kept.
    """
    clock = clock or Clock()
    with take_turn(folder, provider.group, provider.pace, clock) as turn:
        store = Store(folder / provider.name, provider.suffix)
        store.clean()
        client = Client(provider, user_agent, turn, clock, limits or Limits(), say)
        harvest = _Harvest(provider, store, clock, client, say)
        for listing in provider.listings():
            harvest.bring(listing)
        harvest.fetched.request_count = client.request_count
    return harvest.fetched


class _Harvest:
    """The steps of one fetch, and what they share."""

    def __init__(
        self,
        provider: Provider,
        store: Store,
        clock: Clock,
        client: Client | None = None,
        say: Callable[[str], None] = lambda text: None,
    ) -> None:
        self._provider = provider
        self._store = store
        self._clock = clock
        self._client = client
        self._say = say
        self.fetched = Fetched()

    def held(self, listing: Listing, number: int, asked: Params) -> tuple[Entry, Page] | None:
        """Return a response that is here, can be read, and still says what is so."""
        known = self._store.find(listing.name, number, public_url(self._provider, asked))
        if known is None or not listing.holds(known[0].checked):
            return None
        try:
            return known[0], self._provider.read(known[1], asked)
        except WrongResponse:
            return None

    def following(self, page: Page, record_count: int) -> Params | None:
        """Return what to ask next, if more is wanted and there is more."""
        most = self._provider.most
        return page.following if most is None or record_count < most else None

    def bring(self, listing: Listing) -> None:
        """Bring one listing; where it expired half-way, begin it anew, once."""
        try:
            entries = self._bring_pages(listing, may_reuse=True)
        except ExpiredListing as error:
            self._say(f"{listing.name}: {error}; beginning it anew")
            try:
                entries = self._bring_pages(listing, may_reuse=False)
            except ExpiredListing:
                raise FetchError(f"{listing.name}: {error}, even when begun anew.") from None
        self.fetched.response_count += len(entries)
        self.fetched.record_count += sum(entry.record_count for entry in entries)
        self.fetched.files += [self._store.path(entry) for entry in entries if entry.record_count]

    def _bring_pages(self, listing: Listing, *, may_reuse: bool) -> list[Entry]:
        entries: list[Entry] = []
        urls: set[str] = set()
        hashes: set[str] = set()
        asked: Params | None = listing.first
        stored_count = record_count = 0
        page = Page(0)
        while asked is not None:
            self._check_progress(listing, asked, urls)
            held = self.held(listing, len(entries) + 1, asked) if may_reuse else None
            stored_count += held is not None
            entry, page = held or self._ask(listing, len(entries) + 1, asked)
            if entry.sha256 in hashes:
                raise FetchError(f"{entry.url}: the same response as one before it; stopped.")
            hashes.add(entry.sha256)
            entries.append(entry)
            record_count += page.record_count
            asked = self.following(page, record_count)
        if page.following is None:
            self._store.end(listing.name, len(entries))
        self.fetched.stored_count += stored_count
        return entries

    def _check_progress(self, listing: Listing, asked: Params, urls: set[str]) -> None:
        """Stop where a provider leads in a circle, or on and on."""
        url = public_url(self._provider, asked)
        if url in urls:
            raise FetchError(f"{url}: the provider names it twice in one listing; stopped.")
        if len(urls) == self._provider.page_limit:
            raise FetchError(
                f"{listing.name}: {len(urls):,} responses and no end; stopped. Ask for less at"
                " a time; what has come is kept."
            )
        urls.add(url)

    def _ask(self, listing: Listing, number: int, asked: Params) -> tuple[Entry, Page]:
        assert self._client is not None  # noqa: S101 - a plan never asks
        url = public_url(self._provider, asked)
        known = self._store.find(listing.name, number, url)
        answer = self._client.get(asked, known)
        now = datetime.fromtimestamp(self._clock.now(), UTC).isoformat(timespec="seconds")
        if answer.is_unchanged:
            assert known is not None  # noqa: S101 - only what is here can be unchanged
            self._say(f"{listing.name}, response {number}: unchanged")
            return self._store.confirm(known[0], now), answer.page
        entry = self._store.keep(listing.name, number, answer.body, _entry(url, now, answer))
        self._say(
            f"{listing.name}, response {number}: {entry.record_count:,} records,"
            f" {entry.byte_count / 1000:,.0f} kB"
        )
        return entry, answer.page


def _entry(url: str, now: str, answer: Answer) -> Entry:
    return Entry(
        file="",
        url=url,
        fetched_at=now,
        checked_at=now,
        sha256="",
        byte_count=0,
        record_count=answer.page.record_count,
        content_type=answer.content_type,
        etag=answer.etag,
        last_modified=answer.last_modified,
    )
