"""What a provider or the network may do to one request, and what we make of it."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest

from ingest.fetch.errors import FetchError, FetchUsage
from ingest.fetch.hf_daily import HfDaily
from ingest.fetch.turn import Clock, take_turn
from tests.ingest.fetch.conftest import TODAY, FakeClock, Fetching, Reply, Server

DAY = date(2026, 11, 2)
GOOD = b'[{"title": "One", "paper": {"id": "2611.00001"}}]'
BUSY = Reply(b"slow down", status=429)


@pytest.fixture
def provider(server: Server) -> HfDaily:
    return HfDaily(server.url, DAY, DAY, TODAY)


def test_a_storm_is_sat_out_with_growing_waits(
    fetching: Fetching, server: Server, clock: FakeClock, provider: HfDaily
) -> None:
    server.replies(BUSY, BUSY, Reply(status=503), Reply(status=502), BUSY, BUSY, GOOD)
    fetched = fetching(provider)
    assert (fetched.record_count, fetched.request_count) == (1, 7)
    lowest = (2, 4, 8, 16, 32, 64)  # each with up to 2 s of jitter, none after the first fault
    assert len(clock.waits) == len(lowest)
    assert all(low <= wait <= low + 2 for low, wait in zip(lowest, clock.waits, strict=True))
    assert len(set(clock.waits[1:])) == len(lowest) - 1
    assert "status 429; asking again in 2 s" in fetching.said[0]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param(lambda: {"Retry-After": "17"}, 17, id="seconds"),
        pytest.param(
            lambda: {
                "Retry-After": format_datetime(
                    datetime.now(UTC) + timedelta(seconds=45), usegmt=True
                )
            },
            45,
            id="date",
        ),
        pytest.param(lambda: {"RateLimit": '"api";r=0;t=55'}, 55, id="RateLimit"),
        pytest.param(lambda: {"Retry-After": "soon"}, 2, id="neither form"),
    ],
)
def test_the_wait_that_the_provider_asks_for_is_kept(
    fetching: Fetching,
    server: Server,
    clock: FakeClock,
    provider: HfDaily,
    headers: Callable[[], dict[str, str]],
    seconds: float,
) -> None:
    server.replies(Reply(status=429, headers=headers()), GOOD)
    assert fetching(provider).record_count == 1
    (wait,) = clock.waits
    assert wait == pytest.approx(seconds, abs=2)


def test_a_wait_of_hours_ends_the_command_instead(
    fetching: Fetching, server: Server, clock: FakeClock, provider: HfDaily
) -> None:
    server.replies(Reply(status=429, headers={"Retry-After": "36000"}))
    with pytest.raises(FetchError, match=r"status 429, and asks to wait for 600 minutes"):
        fetching(provider)
    assert clock.waits == []
    assert len(server.asked) == 1


def test_a_provider_that_stays_down_is_left_alone(
    fetching: Fetching, server: Server, provider: HfDaily
) -> None:
    server.replies(Reply(status=503))
    with pytest.raises(FetchError, match=r"status 503, 7 times in a row\. What has come is kept"):
        fetching(provider)
    assert len(server.asked) == 7
    assert fetching.names() == []


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        pytest.param(Reply(GOOD, keep=9), "cut short", id="cut connection"),
        pytest.param(Reply(GOOD, keep=0), "cut short", id="cut before the first byte"),
        pytest.param(Reply(GOOD, keep=9, is_chunked=True), "cut short", id="cut chunks"),
        pytest.param(Reply(GOOD[:-1]), "not whole JSON", id="truncated JSON"),
        pytest.param(Reply(b""), "not whole JSON", id="nothing"),
        pytest.param(
            Reply(GOOD, headers={"Content-Encoding": "gzip"}), "cannot be unpacked", id="no gzip"
        ),
        pytest.param(Reply(b'{"error": "x"}'), "no array of papers", id="other JSON"),
        pytest.param(Reply(b"<html>Sorry!</html>"), "not whole JSON", id="HTML as JSON"),
        pytest.param(
            Reply(b"<html>Sorry!</html>", headers={"Content-Type": "text/html; charset=utf-8"}),
            "a page for people instead of data",
            id="HTML with status 200",
        ),
    ],
)
def test_half_and_wrong_responses_are_asked_for_again_and_never_kept(
    fetching: Fetching, server: Server, provider: HfDaily, reply: Reply, said: str
) -> None:
    server.replies(reply, GOOD)
    fetched = fetching(provider)
    assert said in fetching.said[0]
    assert fetched.request_count == 2
    assert fetched.files[0].read_bytes() == GOOD
    server.replies(reply)
    with pytest.raises(FetchError, match=said):
        fetching(HfDaily(server.url, date(2026, 11, 3), date(2026, 11, 3), TODAY), retries=1)
    assert fetching.names() == ["hf-daily/2026-11-02.0001.json", "hf-daily/manifest.jsonl"]


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"silence": 0.05}, "stopped in the middle"),
        ({"whole": 0.05}, "not whole after"),
    ],
)
def test_slow_bodies_end(
    fetching: Fetching, server: Server, provider: HfDaily, limits: dict[str, float], said: str
) -> None:
    seconds = 0.2 if "silence" in limits else 0.01
    server.replies(Reply(GOOD, drip=seconds), GOOD)
    fetching.clock.clock = Clock(now=time.time, sleep=lambda seconds: None)
    assert fetching(provider, **limits).record_count == 1
    assert said in fetching.said[0]


def test_no_answer_at_all_ends(fetching: Fetching, server: Server, provider: HfDaily) -> None:
    server.close()
    with pytest.raises(FetchError, match="no connection, 3 times in a row"):
        fetching(provider, retries=2)


def test_a_response_that_would_fill_the_memory_is_not_taken(
    fetching: Fetching, server: Server, provider: HfDaily
) -> None:
    server.replies(Reply(b"[" + b" " * 5_000_000 + b"]", is_gzipped=True))
    with pytest.raises(FetchError, match="more than 1 MB"):
        fetching(provider, size=1 << 20)
    assert len(server.asked) == 1


def test_packed_responses_are_kept_unpacked(
    fetching: Fetching, server: Server, provider: HfDaily
) -> None:
    server.replies(Reply(GOOD, is_gzipped=True))
    assert fetching(provider).files[0].read_bytes() == GOOD


def test_a_redirect_to_another_host_is_refused(
    fetching: Fetching, server: Server, provider: HfDaily
) -> None:
    server.replies(Reply(status=302, headers={"Location": "https://elsewhere.example.org/api"}))
    with pytest.raises(FetchUsage, match=r"another host, https://elsewhere\.example\.org"):
        fetching(provider)
    port = int(server.url.rsplit(":", 1)[1])
    server.replies(Reply(status=302, headers={"Location": f"http://127.0.0.1:{port + 1}/"}))
    with pytest.raises(FetchUsage, match="another host"):
        fetching(provider)


def test_a_redirect_on_the_same_host_is_followed_but_not_for_ever(
    fetching: Fetching, server: Server, provider: HfDaily
) -> None:
    server.replies(Reply(status=301, headers={"Location": "/moved?date=2026-11-02"}), GOOD)
    assert fetching(provider).record_count == 1
    assert server.asked[-1].path == "/moved"
    server.replies(Reply(status=301, headers={"Location": "/moved"}))
    with pytest.raises(FetchError, match="redirects without end"):
        fetching(HfDaily(server.url, TODAY, TODAY, TODAY))


def test_a_refusal_is_shown_and_not_repeated(
    fetching: Fetching, server: Server, provider: HfDaily
) -> None:
    server.replies(Reply(b'{"error": "Invalid date"}', status=400))
    with pytest.raises(FetchError, match=r"status 400, .*Invalid date"):
        fetching(provider)
    assert len(server.asked) == 1


def test_only_one_connection_to_a_provider(
    fetching: Fetching, server: Server, clock: FakeClock, provider: HfDaily
) -> None:
    with (
        take_turn(fetching.folder, provider.group, 1, clock.clock),
        pytest.raises(FetchError, match="Another fetch from hugging-face"),
    ):
        fetching(provider)
    assert server.asked == []
