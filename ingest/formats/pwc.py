"""The list of papers from the dumps of Papers with Code, which closed in 2025."""

from ingest.formats.identifiers import identifiers_in
from ingest.formats.json_format import JsonFormat
from ingest.formats.json_probe import Probe
from ingest.formats.json_reader import Object, Page


class PwcFormat(JsonFormat):
    """`pwc`: known by the keys of papers-with-abstracts.json."""

    name = "pwc"
    keys = frozenset({"paper_url", "url_abs"})

    def fits(self, seen: Probe) -> bool:
        """Other dumps of PwC hold `paper_url` as well, but no abstracts."""
        return seen.has("paper_url", "title", "abstract") and (
            seen.has("url_abs") or seen.has("url_pdf")
        )

    def record(self, item: Object, page: Page) -> dict[str, object]:
        """It does not say which date it states, and it differs from paper to paper."""
        del page
        address = item.get("paper_url")
        link = item.get("url_abs")
        found = identifiers_in(link, item.get("url_pdf"))
        return {
            "source_paper_id": (
                address.rstrip("/").rsplit("/", 1)[-1] if isinstance(address, str) else address
            ),
            "title": item.get("title"),
            "abstract": item.get("abstract"),
            "authors": item.get("authors"),
            "published": item.get("date"),
            "venue": item.get("proceeding"),
            "url": link or address,
            **found,
            "arxiv_id": item.get("arxiv_id") or found.get("arxiv_id"),
        }
