"""The arXiv API: its requests, its pages, and its authentic responses."""

from pathlib import Path

import pytest

from ingest.fetch.arxiv import Arxiv
from ingest.fetch.errors import FetchError, FetchUsage
from tests.ingest.fetch.conftest import TODAY, Fetching, Reply, Server

XML = {"Content-Type": "application/atom+xml; charset=utf-8"}


def feed(total: int, count: int, start: str = "0", *, error: str = "") -> Reply:
    entry = f"<entry><id>http://arxiv.org/abs/2401.{start:0>5}v1</id></entry>" * count
    if error:
        entry = f"<entry><id>http://arxiv.org/api/errors#x</id><summary>{error}</summary></entry>"
    return Reply(
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        f"<opensearch:totalResults>{total}</opensearch:totalResults>{entry}</feed>".encode(),
        headers=XML,
    )


def test_an_authentic_feed(fetching: Fetching, server: Server, shared: Path) -> None:
    samples = shared / "raw_samples" / "arxiv_api_atom"
    sample = next(samples.glob("q_testing_*.xml")).read_bytes()
    server.replies(Reply(sample, headers=XML))
    fetched = fetching(Arxiv(server.url, "all:testing", 100, TODAY))
    assert fetched.record_count == 100
    assert fetched.files[0].read_bytes() == sample
    assert server.asked[0].path == "/api/query"
    assert server.asked[0].params == {
        "search_query": "all:testing",
        "sortBy": "submittedDate",
        "sortOrder": "descending",
        "start": "0",
        "max_results": "100",
    }


def test_an_authentic_empty_feed(fetching: Fetching, server: Server, shared: Path) -> None:
    samples = shared / "raw_samples" / "arxiv_api_atom"
    server.replies(Reply(next(samples.glob("id_0000*.xml")).read_bytes(), headers=XML))
    fetched = fetching(Arxiv(server.url, "id:0000.0000", 100, TODAY))
    assert (fetched.record_count, fetched.files, fetched.request_count) == (0, [], 1)


def test_pages_end_where_enough_has_come(fetching: Fetching, server: Server) -> None:
    server.answer = lambda asked: feed(
        5000, int(asked.params["max_results"]), asked.params["start"]
    )
    fetched = fetching(Arxiv(server.url, "cat:cs.CL", 1200, TODAY))
    assert fetched.record_count == 1200
    asked = [(request.params["start"], request.params["max_results"]) for request in server.asked]
    assert asked == [("0", "500"), ("500", "500"), ("1000", "200")]
    fewer = fetching(Arxiv(server.url, "cat:cs.CL", 500, TODAY))
    assert (fewer.record_count, fewer.request_count) == (500, 0)
    again = fetching(Arxiv(server.url, "cat:cs.CL", 1200, TODAY))  # the rest is still there
    assert again.request_count == 0


def test_an_empty_page_in_the_middle_is_a_fault(fetching: Fetching, server: Server) -> None:
    server.replies(feed(600, 500), feed(600, 0), feed(600, 100))
    fetched = fetching(Arxiv(server.url, "cat:cs.CL", 1000, TODAY))
    assert fetched.record_count == 600
    assert any("an empty feed, although the query has 600 papers" in text for text in fetching.said)


def test_a_query_that_arxiv_refuses(fetching: Fetching, server: Server) -> None:
    server.replies(feed(1, 0, error="start must be an integer"))
    with pytest.raises(FetchError, match="refuses the query: start must be an integer"):
        fetching(Arxiv(server.url, "cat:(", 10, TODAY))


@pytest.mark.parametrize(("query", "most"), [(" ", 10), ("cat:cs.CL", 0), ("cat:cs.CL", 30_001)])
def test_queries_that_make_no_sense(query: str, most: int) -> None:
    with pytest.raises(FetchUsage):
        Arxiv("http://x", query, most, TODAY)


def test_entities_in_xml_are_not_expanded(fetching: Fetching, server: Server) -> None:
    expanding = b'<!DOCTYPE feed [<!ENTITY n "1">]>' + feed(7, 1).body.split(b"?>", 1)[1]
    server.replies(Reply(expanding.replace(b">7<", b">&n;<"), headers=XML))
    with pytest.raises(FetchError, match="without its total"):
        fetching(Arxiv(server.url, "cat:cs.CL", 10, TODAY), retries=0)
