"""A server on this machine that plays the providers, and time that passes when it is slept."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from ingest.fetch.client import Limits
from ingest.fetch.harvest import Fetched, fetch
from ingest.fetch.provider import Provider
from ingest.fetch.turn import Clock

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Reply:
    """What the server answers, and how it misbehaves.

    Attributes:
        keep: bytes of the body that are sent before the connection is cut.
        drip: seconds between single bytes.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    keep: int | None = None
    drip: float = 0
    is_chunked: bool = False
    is_gzipped: bool = False


@dataclass(frozen=True)
class Asked:
    """A request as the server saw it."""

    path: str
    params: dict[str, str]
    headers: dict[str, str]


class Handler(BaseHTTPRequestHandler):
    """Sends what the server's `answer` says."""

    protocol_version = "HTTP/1.1"
    played_by: "Server"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = Asked(parts.path, dict(parse_qsl(parts.query)), dict(self.headers))
        self.played_by.asked.append(asked)
        reply = self.played_by.answer(asked)
        body = gzip.compress(reply.body) if reply.is_gzipped else reply.body
        self.send_response(reply.status)
        headers = {"Content-Type": "application/json", **reply.headers}
        if reply.is_gzipped:
            headers["Content-Encoding"] = "gzip"
        if reply.is_chunked:
            headers["Transfer-Encoding"] = "chunked"
        else:
            headers["Content-Length"] = str(len(body))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = reply.keep is not None
        if reply.is_chunked:
            self.wfile.write(f"{len(body):x}\r\n".encode())
        self._write(body[: reply.keep], reply.drip)
        if reply.is_chunked and reply.keep is None:
            self.wfile.write(b"\r\n0\r\n\r\n")

    def _write(self, body: bytes, drip: float) -> None:
        if not drip:
            self.wfile.write(body)
            return
        try:
            for at in range(len(body)):
                self.wfile.write(body[at : at + 1])
                time.sleep(drip)
        except OSError:  # the client had enough
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


class Server:
    """Answers by a function, or from a list whose last reply repeats."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answer: Callable[[Asked], Reply] = lambda asked: Reply(status=404)
        handler = type("OwnHandler", (Handler,), {"played_by": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        serve = partial(self._http.serve_forever, poll_interval=0.01)
        threading.Thread(target=serve, daemon=True).start()

    def replies(self, *replies: Reply | bytes) -> None:
        """Answer with these in turn; the last one repeats."""
        left = [reply if isinstance(reply, Reply) else Reply(reply) for reply in replies]
        self.answer = lambda asked: left.pop(0) if len(left) > 1 else left[0]

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


class FakeClock:
    """Time that passes only by being slept."""

    def __init__(self) -> None:
        self.time = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC).timestamp()
        self.slept: list[float] = []
        self.clock = Clock(now=lambda: self.time, sleep=self.sleep)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    @property
    def waits(self) -> list[float]:
        """The waits between attempts, without those of the pace."""
        return [seconds for seconds in self.slept if seconds >= 2]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@dataclass
class Fetching:
    """`fetch` with a folder, a clock and ears."""

    folder: Path
    clock: FakeClock
    said: list[str] = field(default_factory=list)

    def __call__(self, provider: Provider, **limits: Any) -> Fetched:
        return fetch(
            provider,
            self.folder,
            "papertally/test (+mailto:someone@example.org)",
            self.said.append,
            self.clock.clock,
            Limits(**limits),
        )

    def names(self) -> list[str]:
        """What lies in the folder, locks left out."""
        paths = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(str(path.relative_to(self.folder)) for path in paths if path.name[0] != ".")


@pytest.fixture
def fetching(tmp_path: Path, clock: FakeClock) -> Fetching:
    return Fetching(tmp_path / "fetched", clock)


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches another machine, whatever it does."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        assert address[0] == "127.0.0.1", f"a test wants to reach {address}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "PAPERTALLY_CONTACT"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
