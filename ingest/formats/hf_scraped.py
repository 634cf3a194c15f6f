"""A day of Hugging Face papers as a scraper of its page wrote it down."""

from ingest.formats.identifiers import identifiers_in
from ingest.formats.json_format import JsonFormat
from ingest.formats.json_probe import Probe
from ingest.formats.json_reader import Object, Page


class HfScrapedFormat(JsonFormat):
    """`hf-scraped`: known by papers with a page at HF and a PDF."""

    name = "hf-scraped"
    keys = frozenset({"pdf_url", "url"})

    def fits(self, seen: Probe) -> bool:
        """The link has to lead to HF's pages, for the keys alone are common ones."""
        return seen.has("title", "abstract", "pdf_url") and "huggingface.co/papers/" in seen.text(
            "url"
        )

    def record(self, item: Object, page: Page) -> dict[str, object]:
        """The date of the page is the day of listing; no other is known."""
        listed = item.get("date") or page.values.get("date")
        return {
            "title": item.get("title"),
            "abstract": item.get("abstract"),
            "authors": item.get("authors"),
            "published": listed,
            "published_kind": "listed" if listed else None,
            "url": item.get("url"),
            "upvotes": item.get("upvotes"),
            **identifiers_in(item.get("url"), item.get("pdf_url")),
        }
