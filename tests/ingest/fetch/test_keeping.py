"""What is kept, what is asked for again, and what is not."""

import errno
import hashlib
import itertools
import json
import os
from datetime import date, timedelta

import pytest

from ingest.fetch.errors import FetchError
from ingest.fetch.harvest import plan
from ingest.fetch.hf_daily import HfDaily
from ingest.fetch.store import MANIFEST
from tests.ingest.fetch.conftest import TODAY, Asked, FakeClock, Fetching, Reply, Server

FIRST = date(2026, 11, 2)
GOOD = b'[{"title": "One", "paper": {"id": "2611.00001"}}]'


def days(server: Server, count: int = 3) -> HfDaily:
    return HfDaily(server.url, FIRST, FIRST + timedelta(days=count - 1), TODAY)


def by_day(asked: Asked) -> Reply:
    return Reply(json.dumps([{"title": asked.params["date"]}]).encode())


def test_responses_are_kept_as_they_came_with_their_hash(
    fetching: Fetching, server: Server
) -> None:
    server.answer = by_day
    fetched = fetching(days(server))
    assert [path.name for path in fetched.files] == [
        "2026-11-02.0001.json",
        "2026-11-03.0001.json",
        "2026-11-04.0001.json",
    ]
    manifest = (fetching.folder / "hf-daily" / MANIFEST).read_text().splitlines()
    for path, line in zip(fetched.files, manifest, strict=True):
        entry = json.loads(line)
        assert entry["file"] == path.name
        assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert entry["byte_count"] == path.stat().st_size
        assert entry["url"].startswith(f"{server.url}/api/daily_papers?date=")
        assert entry["fetched_at"].startswith("2026-11-24T12:00:")


def test_what_is_here_is_not_asked_for_again(fetching: Fetching, server: Server) -> None:
    server.answer = by_day
    fetching(days(server, 2))
    fetched = fetching(days(server, 3))
    assert [asked.params["date"] for asked in server.asked] == [
        "2026-11-02",
        "2026-11-03",
        "2026-11-04",
    ]
    assert (fetched.stored_count, fetched.request_count, fetched.record_count) == (2, 1, 3)


def test_a_day_that_is_not_over_is_asked_for_by_condition(
    fetching: Fetching, server: Server, clock: FakeClock
) -> None:
    state = {"ETag": '"a1"', "Last-Modified": "Tue, 24 Nov 2026 08:00:00 GMT"}
    server.replies(Reply(GOOD, headers=state))
    today = HfDaily(server.url, TODAY, TODAY, TODAY)
    fetching(today)

    server.replies(Reply(status=304))
    fetched = fetching(today)
    assert server.asked[-1].headers["If-None-Match"] == '"a1"'
    assert server.asked[-1].headers["If-Modified-Since"] == state["Last-Modified"]
    assert fetched.files[0].read_bytes() == GOOD

    more = GOOD.replace(b"]", b', {"title": "Two"}]')
    server.replies(Reply(more, headers={"ETag": '"a2"'}))
    assert fetching(today).record_count == 2
    clock.time += 3 * 86_400  # the next response comes after the day is over, and is the last
    server.replies(Reply(status=304))
    assert fetching(today).request_count == 1
    assert server.asked[-1].headers["If-None-Match"] == '"a2"'
    assert fetching(today).request_count == 0
    assert fetching(today).record_count == 2


def test_a_damaged_file_is_asked_for_again(fetching: Fetching, server: Server) -> None:
    server.answer = by_day
    path = fetching(days(server, 1)).files[0]
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"2026", b"2025"))  # still JSON
    assert fetching(days(server, 1)).request_count == 1
    assert path.read_bytes() == whole
    assert "If-None-Match" not in server.asked[-1].headers


def test_a_kill_between_file_and_manifest_loses_one_response(
    fetching: Fetching, server: Server
) -> None:
    server.answer = by_day
    fetching(days(server))
    folder = fetching.folder / "hf-daily"
    manifest = folder / MANIFEST
    manifest.write_bytes(manifest.read_bytes()[:-40])  # the last line is cut in the middle
    (folder / "2026-11-04.0001.json.partial").write_bytes(b'[{"ti')
    fetched = fetching(days(server, 4))
    assert fetched.request_count == 2
    assert fetched.record_count == 4
    assert not list(folder.glob("*.partial"))
    assert fetching(days(server, 4)).request_count == 0


def test_a_full_disk_leaves_nothing_that_looks_whole(
    fetching: Fetching, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer = by_day

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FetchError, match=r"cannot be written \(No space left on device\)"):
        fetching(days(server, 1))
    assert not list((fetching.folder / "hf-daily").glob("*.json"))


def test_a_failure_keeps_what_came_and_the_next_call_goes_on(
    fetching: Fetching, server: Server
) -> None:
    server.replies(b'[{"title": "1"}]', Reply(status=404))
    with pytest.raises(FetchError):
        fetching(days(server))
    server.answer = by_day
    assert fetching(days(server)).request_count == 2


def test_a_day_without_papers_is_remembered_and_is_no_file_to_ingest(
    fetching: Fetching, server: Server
) -> None:
    server.replies(b"[]")
    fetched = fetching(days(server, 1))
    assert (fetched.record_count, fetched.files) == (0, [])
    assert fetching.names() == ["hf-daily/2026-11-02.0001.json.empty", "hf-daily/manifest.jsonl"]
    assert fetching(days(server, 1)).request_count == 0


def test_a_day_that_fills_up_loses_its_empty_name(
    fetching: Fetching, server: Server, clock: FakeClock
) -> None:
    today = HfDaily(server.url, TODAY, TODAY, TODAY)
    server.replies(b"[]")
    fetching(today)
    server.replies(GOOD)
    fetching(today)
    assert fetching.names() == ["hf-daily/2026-11-24.0001.json", "hf-daily/manifest.jsonl"]


def test_the_pace_holds_between_requests_and_between_commands(
    fetching: Fetching, server: Server, clock: FakeClock
) -> None:
    at: list[float] = []

    def answer(asked: Asked) -> Reply:
        at.append(clock.time)
        return by_day(asked)

    server.answer = answer
    fetching(days(server, 2))
    fetching(days(server, 4))
    gaps = [later - earlier for earlier, later in itertools.pairwise(at)]
    assert all(gap == pytest.approx(0.6, abs=0.01) for gap in gaps)
    assert len(gaps) == 3


def test_a_plan_asks_nothing_and_writes_nothing(
    fetching: Fetching, server: Server, clock: FakeClock
) -> None:
    planned = plan(days(server), fetching.folder, clock.clock)
    assert (planned.stored, planned.requests, planned.is_exact) == (0, 3, True)
    assert server.asked == []
    assert not fetching.folder.exists()
    server.answer = by_day
    fetching(days(server, 2))
    planned = plan(days(server), fetching.folder, clock.clock)
    assert (planned.stored, planned.requests) == (2, 1)
    assert planned.first_url is not None
    assert "date=2026-11-04" in planned.first_url
