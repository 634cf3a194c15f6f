"""arXiv by OAI-PMH: its requests, its tokens and its errors."""

from datetime import date

import pytest

from ingest.fetch.arxiv_oai import ArxivOai
from ingest.fetch.errors import FetchError, FetchUsage
from ingest.fetch.harvest import plan
from tests.ingest.fetch.conftest import TODAY, Fetching, Reply, Server


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
