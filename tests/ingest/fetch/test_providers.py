"""Each provider: its requests, its pages, and its authentic responses."""

import json
from datetime import date
from pathlib import Path

import pytest

from ingest.fetch.arxiv import Arxiv
from ingest.fetch.arxiv_oai import ArxivOai
from ingest.fetch.errors import FetchError, FetchUsage
from ingest.fetch.harvest import plan
from ingest.fetch.hf_daily import HfDaily
from ingest.fetch.openalex import OpenAlex
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


def oai(content: str) -> Reply:
    return Reply(
        '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>2026-11-24T00:00:00Z</responseDate>{content}</OAI-PMH>".encode(),
        headers={"Content-Type": "text/xml"},
    )


def records(count: int, token: str = "") -> Reply:
    listed = "<record><header/></record>" * count
    resumption = f"<resumptionToken>{token}</resumptionToken>" if token else ""
    return oai(f"<ListRecords>{listed}{resumption}<!-- {token} --></ListRecords>")


def works(count: int, cursor: str | None) -> Reply:
    results = [{"id": f"W{cursor}{number}"} for number in range(count)]
    return Reply(
        json.dumps({"meta": {"count": 5, "next_cursor": cursor}, "results": results}).encode()
    )


# Hugging Face


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


# the arXiv API


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


# OAI-PMH


def period(server: Server) -> ArxivOai:
    return ArxivOai(server.url, "cs", date(2026, 11, 1), date(2026, 11, 2), TODAY)


def test_resumption_tokens_are_followed(fetching: Fetching, server: Server) -> None:
    server.replies(records(3, "a|1"), records(3, "a|2"), records(1))
    fetched = fetching(period(server))
    assert fetched.record_count == 7
    assert server.asked[0].path == "/oai"
    assert server.asked[0].params == {
        "verb": "ListRecords",
        "metadataPrefix": "arXivRaw",
        "set": "cs",
        "from": "2026-11-01",
        "until": "2026-11-02",
    }
    assert server.asked[1].params == {"verb": "ListRecords", "resumptionToken": "a|1"}
    assert fetching(period(server)).request_count == 0


def test_an_interrupted_list_goes_on_with_its_token(fetching: Fetching, server: Server) -> None:
    server.replies(records(3, "a|1"), Reply(status=404))
    with pytest.raises(FetchError):
        fetching(period(server))
    planned = plan(period(server), fetching.folder, fetching.clock.clock)
    assert (planned.stored, planned.requests, planned.is_exact) == (1, 1, False)
    server.replies(records(1))
    fetched = fetching(period(server))
    assert (fetched.record_count, fetched.stored_count) == (4, 1)
    assert server.asked[-1].params["resumptionToken"] == "a|1"


def test_an_expired_token_begins_the_list_anew(fetching: Fetching, server: Server) -> None:
    server.replies(records(3, "a|1"), Reply(status=404))
    with pytest.raises(FetchError):
        fetching(period(server))
    expired = oai('<error code="badResumptionToken">expired</error>')
    server.replies(expired, records(2, "b|1"), records(2))
    fetched = fetching(period(server))
    assert fetched.record_count == 4
    assert any("beginning it anew" in text for text in fetching.said)
    server.replies(expired)
    with pytest.raises(FetchError, match="even when begun anew"):
        fetching(ArxivOai(server.url, "math", date(2026, 11, 1), date(2026, 11, 2), TODAY))


def test_a_period_without_changes(fetching: Fetching, server: Server) -> None:
    server.replies(oai('<error code="noRecordsMatch">none</error>'))
    assert fetching(period(server)).files == []


def test_other_errors_of_oai_end_the_command(fetching: Fetching, server: Server) -> None:
    server.replies(oai('<error code="badArgument">no such set</error>'))
    with pytest.raises(FetchError, match="badArgument, no such set"):
        fetching(period(server))


def test_lists_without_end_are_stopped(fetching: Fetching, server: Server) -> None:
    provider = period(server)
    provider.page_limit = 5
    numbers = iter(range(100))
    server.answer = lambda asked: records(1, f"token-{next(numbers)}")
    with pytest.raises(FetchError, match="5 responses and no end"):
        fetching(provider)
    assert len(server.asked) == 5
    server.replies(records(1, "round"), records(2, "and"), records(3, "round"))
    with pytest.raises(FetchError, match="names it twice"):
        fetching(ArxivOai(server.url, "math", date(2026, 11, 1), date(2026, 11, 2), TODAY))


def test_a_page_that_only_repeats_is_stopped(fetching: Fetching, server: Server) -> None:
    server.answer = lambda asked: Reply(json.dumps([{}] * 100).encode())  # `p` means nothing to it
    with pytest.raises(FetchError, match="the same response"):
        fetching(HfDaily(server.url, TODAY, TODAY, TODAY))


@pytest.mark.parametrize(
    ("set_name", "first", "last"),
    [
        ("c s", "2026-11-01", "2026-11-02"),
        ("cs", "2026-11-02", "2026-11-01"),
        ("cs", "2026-11-02", "2026-11-24"),
    ],
)
def test_periods_that_oai_cannot_have(set_name: str, first: str, last: str) -> None:
    with pytest.raises(FetchUsage):
        ArxivOai("http://x", set_name, date.fromisoformat(first), date.fromisoformat(last), TODAY)


# OpenAlex

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
