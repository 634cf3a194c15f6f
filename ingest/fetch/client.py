"""One request after the other: declared, paced, bounded in time and size, asked again on faults."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NoReturn
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, InvalidHeader, MaxRetryError, ProtocolError
from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

from ingest.fetch.errors import FetchError, FetchUsage, WrongResponse
from ingest.fetch.provider import Page, Params, Provider, beginning, public_url
from ingest.fetch.store import Entry
from ingest.fetch.turn import Clock, Turn

PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
CHUNK_BYTES: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how often, in seconds, bytes and times.

    Attributes:
        connect: until there is a connection.
        silence: without a byte.
        whole: for a response, however steadily it drips.
        size: of a response, unpacked.
        retries: further attempts at one request.
        backoff: the first wait after a fault; it doubles.
        longest_wait: what a provider may ask for; beyond it the command ends.
    """

    connect: float = 10
    silence: float = 60
    whole: float = 300
    size: int = 256 << 20
    retries: int = 6
    backoff: float = 2
    longest_wait: float = 900


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response that was read; where it is unchanged, the stored one."""

    page: Page
    body: bytes
    is_unchanged: bool = False
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None


class _Passing(Exception):
    """A fault that may be gone when asked again."""

    def __init__(self, reason: str, response: BaseHTTPResponse | None = None) -> None:
        super().__init__(reason)
        self.response = response


class Client:
    """The only thing here that uses the network."""

    def __init__(
        self,
        provider: Provider,
        user_agent: str,
        turn: Turn,
        clock: Clock,
        limits: Limits,
        say: Callable[[str], None],
    ) -> None:
        self._provider = provider
        self._turn = turn
        self._clock = clock
        self._limits = limits
        self._say = say
        self._session = requests.Session()
        self._session.headers["User-Agent"] = user_agent
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=1)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)
        self.request_count = 0

    def get(self, asked: Params, known: tuple[Entry, bytes] | None = None) -> Answer:
        """Ask once, and again after passing faults; with `known` only for what has changed.

        urllib3's Retry decides how often and after what wait. The loop is ours because a body
        that is cut, too slow or not what the provider documents is a fault as well, and because
        the pace holds between attempts too.

        Raises:
            FetchError: the provider refuses, or the fault did not pass.
            ExpiredListing: see `Provider.read`.
        """
        retry = Retry(
            total=self._limits.retries,
            backoff_factor=self._limits.backoff,
            backoff_jitter=self._limits.backoff,
        )
        while True:
            try:
                return self._ask(asked, known)
            except _Passing as fault:
                retry = self._next_attempt(retry, fault, asked)
                wait = self._wait_asked_for(retry, fault.response, asked)
                if wait is None:
                    wait = max(retry.get_backoff_time(), self._limits.backoff)
                shown = public_url(self._provider, asked)
                self._say(f"{shown}: {fault}; asking again in {wait:.0f} s")
                self._clock.sleep(wait)

    def _ask(self, asked: Params, known: tuple[Entry, bytes] | None) -> Answer:
        response = self._send(asked, known[0] if known else None)
        with response:
            if response.status_code == 304 and known is not None:
                return Answer(self._read(known[1], asked), known[1], is_unchanged=True)
            if response.status_code in PASSING:
                raise _Passing(f"status {response.status_code}", response.raw)
            body = self._body(response)
            if response.status_code != 200:
                self._refused(asked, f"status {response.status_code}, {beginning(body)}")
            content_type = response.headers.get("Content-Type", "")
            if "html" in content_type.lower():
                raise _Passing(f"a page for people instead of data ({content_type})")
            return Answer(
                self._read(body, asked),
                body,
                content_type=content_type,
                etag=response.headers.get("ETag"),
                last_modified=response.headers.get("Last-Modified"),
            )

    def _read(self, body: bytes, asked: Params) -> Page:
        try:
            return self._provider.read(body, asked)
        except WrongResponse as error:
            raise _Passing(str(error)) from error

    def _send(self, asked: Params, known: Entry | None) -> requests.Response:
        headers: dict[str, str] = {}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        url, redirects = self._provider.url, 0
        params: Params | None = {**asked, **self._provider.secrets}
        while True:
            self._turn.wait()
            self.request_count += 1
            try:
                response = self._session.get(
                    url,
                    params=params,
                    headers=headers,
                    stream=True,
                    allow_redirects=False,
                    timeout=(self._limits.connect, self._limits.silence),
                )
            except (requests.ConnectionError, requests.Timeout) as error:
                if isinstance(error, requests.exceptions.SSLError):
                    self._refused(asked, "the certificate of the other side is not trusted")
                raise _Passing(_plainly(error)) from None  # its text may hold a key
            except requests.RequestException as error:
                self._refused(asked, f"it cannot be asked ({type(error).__name__})")
            if response.status_code not in REDIRECTS:
                return response
            with response:
                url = self._same_host(response.url, response.headers.get("Location", ""))
            params = None  # they are part of the new address
            redirects += 1
            if redirects == 5:
                self._refused(asked, "it redirects without end")

    def _same_host(self, url: str, location: str) -> str:
        target = urljoin(url, location)
        here, there = urlsplit(url), urlsplit(target)
        is_upgrade = target.startswith("https:") and url.startswith("http:") and not here.port
        is_same = (there.scheme, there.port) == (here.scheme, here.port) or is_upgrade
        if there.hostname != here.hostname or not is_same:
            raise FetchUsage(
                f"{self._provider.url}: redirects to another host, {there.scheme}://{there.netloc},"
                " which is not followed. If the provider has moved, set its new address"
                " (see docs/how-to/fetching.md)."
            )
        return target

    def _body(self, response: requests.Response) -> bytes:
        deadline = self._clock.now() + self._limits.whole
        body = bytearray()
        try:
            while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
                body += chunk
                if self._clock.now() > deadline:
                    raise _Passing(f"not whole after {self._limits.whole:g} s")
                if len(body) > self._limits.size:
                    raise FetchError(
                        f"{self._provider.url}: a response of more than"
                        f" {self._limits.size >> 20} MB is not taken."
                    )
        except (HTTPError, OSError) as error:
            raise _Passing(_plainly(error)) from None
        return bytes(body)

    def _next_attempt(self, retry: Retry, fault: _Passing, asked: Params) -> Retry:
        try:
            return retry.increment("GET", error=ProtocolError(str(fault)))
        except MaxRetryError:
            shown = public_url(self._provider, asked)
            raise FetchError(
                f"{shown}: {fault}, {self._limits.retries + 1} times in a row. What has come is"
                " kept; the same command goes on from there."
            ) from None

    def _wait_asked_for(
        self, retry: Retry, response: BaseHTTPResponse | None, asked: Params
    ) -> float | None:
        """Return the seconds that the provider asks for, by Retry-After or RateLimit."""
        if response is None:
            return None
        unbounded = retry.new(retry_after_max=10**9)
        try:
            wait = unbounded.get_retry_after(response)
        except InvalidHeader:
            wait = None
        if wait is None:
            reset = re.search(r"\br=0\b.*\bt=(\d{1,9})", response.headers.get("RateLimit", ""))
            wait = float(reset[1]) if reset else None
        if wait is not None and wait > self._limits.longest_wait:
            shown = public_url(self._provider, asked)
            raise FetchError(
                f"{shown}: status {response.status}, and asks to wait for {wait / 60:,.0f} minutes."
                " What has come is kept; the same command goes on from there."
            )
        return wait

    def _refused(self, asked: Params, reason: str) -> NoReturn:
        raise FetchError(f"{public_url(self._provider, asked)}: {reason}.")


def _plainly(error: Exception) -> str:
    kinds = {
        "ConnectTimeout": "no connection in time",
        "ReadTimeout": "no answer in time",
        "ReadTimeoutError": "the response stopped in the middle",
        "ProtocolError": "the response was cut short",
        "DecodeError": "the response cannot be unpacked",
    }
    return kinds.get(type(error).__name__, "no connection")
