"""Daily lists of arXiv papers as three public archives write them."""

from ingest.formats.identifiers import day_in_name, identifiers_in
from ingest.formats.json_format import JsonFormat
from ingest.formats.json_probe import Probe
from ingest.formats.json_reader import Object, Page


class ArxivDailyFormat(JsonFormat):
    """`arxiv-daily`: known by one of three sets of keys."""

    name = "arxiv-daily"
    keys = frozenset({"abs", "entry_url", "primary_category"})

    def fits(self, seen: Probe) -> bool:
        """A link of arXiv under `abs`, `link` or `entry_url`, with the keys beside it."""
        links = seen.text("abs"), seen.text("link"), seen.text("entry_url")
        return any("arxiv.org/abs/" in link for link in links) and (
            seen.has("abs", "summary")
            or seen.has("link", "primary_category")
            or seen.has("entry_url", "arxiv_id")
        )

    def record(self, item: Object, page: Page) -> dict[str, object]:
        """The link names the paper; an `arxiv_id` may lack the archive of an old identifier."""
        link = item.get("abs") or item.get("link") or item.get("entry_url")
        submitted = item.get("published")
        listed = page.values.get("date") or day_in_name(page.path)
        found = identifiers_in(link)
        return {
            "source_paper_id": found.get("arxiv_id") or item.get("id"),
            "title": item.get("title"),
            "abstract": item.get("abstract") or item.get("summary"),
            "authors": item.get("authors"),
            "published": submitted or listed,
            "published_kind": "submitted" if submitted else "listed" if listed else None,
            "updated": item.get("updated"),
            "url": link,
            **found,
        }
