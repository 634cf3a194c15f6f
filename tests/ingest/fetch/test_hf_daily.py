"""Hugging Face: its requests, its pages, and its authentic responses."""

import json
from datetime import date
from pathlib import Path

import pytest

from ingest.fetch.errors import FetchError, FetchUsage
from ingest.fetch.hf_daily import HfDaily
from tests.ingest.fetch.conftest import TODAY, Fetching, Reply, Server


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2024-05-27", 13),
        ("2024-12-26", 4),
        ("2025-01-10", 9),
        ("2025-07-08", 16),
        ("2026-08-21", 17),
    ],
)
def test_authentic_days(
    fetching: Fetching, server: Server, shared: Path, day: str, count: int
) -> None:
    sample = (shared / "raw_samples" / "hf_daily_papers_api" / f"{day}.json").read_bytes()
    server.replies(sample)
    of = date.fromisoformat(day)
    fetched = fetching(HfDaily(server.url, of, of, TODAY))
    assert fetched.record_count == count
    assert fetched.files[0].read_bytes() == sample
    assert server.asked[0].path == "/api/daily_papers"
    assert server.asked[0].params == {"date": day, "limit": "100"}
    assert server.asked[0].headers["User-Agent"] == "papertally/test (+mailto:someone@example.org)"


def test_a_full_page_is_followed_by_the_next(fetching: Fetching, server: Server) -> None:
    server.replies(json.dumps([{}] * 100).encode(), json.dumps([{}] * 7).encode())
    fetched = fetching(HfDaily(server.url, TODAY, TODAY, TODAY))
    assert fetched.record_count == 107
    assert [asked.params.get("p") for asked in server.asked] == [None, "1"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-11-03", "2026-11-02", "before --from"),
        ("2023-05-03", "2023-05-04", "first daily papers"),
        ("2026-11-20", "2026-11-25", "future"),
    ],
)
def test_periods_that_make_no_sense(first: str, last: str, said: str) -> None:
    with pytest.raises(FetchUsage, match=said):
        HfDaily("http://x", date.fromisoformat(first), date.fromisoformat(last), TODAY)


def test_a_page_that_only_repeats_is_stopped(fetching: Fetching, server: Server) -> None:
    server.answer = lambda asked: Reply(json.dumps([{}] * 100).encode())  # `p` means nothing to it
    with pytest.raises(FetchError, match="the same response"):
        fetching(HfDaily(server.url, TODAY, TODAY, TODAY))
