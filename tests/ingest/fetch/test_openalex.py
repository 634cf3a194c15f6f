"""OpenAlex: its requests, its cursors, and a key that stays secret."""

import json
from pathlib import Path

import pytest

from ingest.fetch.errors import FetchError, FetchUsage
from ingest.fetch.openalex import OpenAlex
from tests.ingest.fetch.conftest import TODAY, Fetching, Reply, Server


def works(count: int, cursor: str | None) -> Reply:
    results = [{"id": f"W{cursor}{number}"} for number in range(count)]
    return Reply(
        json.dumps({"meta": {"count": 5, "next_cursor": cursor}, "results": results}).encode()
    )


KEY = "sEcReT/0+1"


def query(server: Server, most: int = 1000) -> OpenAlex:
    secrets = {"api_key": KEY, "mailto": "someone@example.org"}
    return OpenAlex(server.url, "publication_year:2024", "", most, TODAY, secrets)


def test_cursors_are_followed_to_the_end(fetching: Fetching, server: Server, shared: Path) -> None:
    sample = json.loads(
        (shared / "raw_samples" / "openalex_works" / "openalex_works.select.json").read_bytes()
    )
    sample["meta"] = {"count": 3, "next_cursor": "abc="}  # the sample was stored without its meta
    server.replies(json.dumps(sample).encode(), works(1, "def="), works(0, None))
    fetched = fetching(query(server))
    assert fetched.record_count == 3
    assert [asked.params["cursor"] for asked in server.asked] == ["*", "abc=", "def="]
    assert server.asked[0].path == "/works"
    assert server.asked[0].params["filter"] == "publication_year:2024"
    assert "abstract_inverted_index" in server.asked[0].params["select"]


def test_no_more_works_than_wanted(fetching: Fetching, server: Server) -> None:
    server.replies(works(100, "a"), works(100, "b"), works(100, "c"))
    assert fetching(query(server, 150)).record_count == 200  # to the next hundred
    assert len(server.asked) == 2


def test_the_key_is_sent_and_stays_secret(fetching: Fetching, server: Server) -> None:
    server.replies(Reply(status=429), works(1, "x"), Reply(b"no such filter", status=403))
    with pytest.raises(FetchError) as refused:
        fetching(query(server))
    assert all(asked.params["api_key"] == KEY for asked in server.asked)
    server.close()
    with pytest.raises(FetchError) as unreachable:
        fetching(query(server), retries=0)
    shown = [repr(error.value) + repr(error.value.__cause__) for error in (refused, unreachable)]
    written = [path.read_text() for path in fetching.folder.rglob("*") if path.is_file()]
    assert any("publication_year%3A2024" in text for text in written)
    for text in [*fetching.said, *shown, *written]:
        assert "sEcReT" not in text
        assert "someone" not in text


def test_all_of_openalex_is_not_asked_for() -> None:
    with pytest.raises(FetchUsage, match="--filter or --search"):
        OpenAlex("http://x", " ", "", 10, TODAY, {})
