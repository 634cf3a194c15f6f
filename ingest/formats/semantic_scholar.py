"""Papers of Semantic Scholar: answers of its Graph API, and lines of its data sets."""

from typing import Any, cast

from ingest.formats.json_format import JsonFormat
from ingest.formats.json_probe import Probe
from ingest.formats.json_reader import Object, Page, Refused


class SemanticScholarFormat(JsonFormat):
    """`semantic-scholar`: known by `paperId`, or by `corpusid` with `externalids`."""

    name = "semantic-scholar"
    keys = frozenset({"paperId", "corpusid", "corpusId", "externalIds", "externalids", "response"})

    def fits(self, seen: Probe) -> bool:
        """A paper, a page of papers, or answers kept with their requests."""
        return (
            seen.has("paperId", "title")
            or seen.has("corpusid", "externalids")
            or seen.has("response.paperId")
            or seen.has("response.data.item.paperId")
        )

    def value(self, value: object) -> object:
        """Take an answer out of a log of requests and answers."""
        if isinstance(value, dict) and "request" in value and "response" in value:
            return cast("dict[str, Any]", value)["response"]
        if value is None:
            raise Refused("not_found", "null stands for a paper that the source does not know")
        return cast("object", value)

    def record(self, item: Object, page: Page) -> dict[str, object]:
        """It does not say whether its date is that of an archive or of a venue."""
        del page
        if "paperId" not in item and "corpusid" not in item:
            reason = item.get("error") or item.get("message")
            if reason:
                raise Refused("not_found", f"the answer is an error: {reason!s:.200}")
        external = item.get("externalIds") or item.get("externalids")
        known = cast("dict[str, Any]", external) if isinstance(external, dict) else {}
        return {
            "source_paper_id": item.get("paperId") or item.get("corpusid"),
            "title": item.get("title"),
            "abstract": item.get("abstract"),
            "authors": item.get("authors"),
            "published": (
                item.get("publicationDate") or item.get("publicationdate") or item.get("year")
            ),
            "venue": item.get("venue") or _venue_name(item),
            "url": item.get("url"),
            "arxiv_id": known.get("ArXiv"),
            "doi": known.get("DOI"),
            "acl_id": known.get("ACL"),
        }


def _venue_name(item: Object) -> object:
    for key in ("publicationVenue", "journal"):
        value = item.get(key)
        if isinstance(value, dict) and cast("dict[str, Any]", value).get("name"):
            return cast("dict[str, Any]", value)["name"]
    return None
