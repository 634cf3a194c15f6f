"""Lists of submissions and proceedings as papercopilot collects them, a file a venue and year."""

import re
from typing import Final

from ingest.formats.identifiers import identifiers_in, year_in_name
from ingest.formats.json_format import JsonFormat
from ingest.formats.json_probe import Probe
from ingest.formats.json_reader import Object, Page

YEAR: Final = re.compile(r"\byear\s*=\s*[{\"]?\s*((?:19|20)\d\d)")
BOOK: Final = re.compile(r"\bbooktitle\s*=\s*\{+([^{}]+)\}")


class PapercopilotFormat(JsonFormat):
    """`papercopilot`: known by papers with a track and a status."""

    name = "papercopilot"
    keys = frozenset({"status", "track"})

    def fits(self, seen: Probe) -> bool:
        """The keys that all of its lists have."""
        return seen.has("id", "title", "track", "status")

    def record(self, item: Object, page: Page) -> dict[str, object]:
        """The year is that of its BibTeX entry, or else of the file's name."""
        bibtex = item.get("bibtex")
        entry = bibtex if isinstance(bibtex, str) else ""
        year = YEAR.search(entry)
        book = BOOK.search(entry)
        published = year[1] if year else year_in_name(page.path)
        links = [item.get(key) for key in ("site", "openreview", "pdf", "arxiv", "doi")]
        return {
            "source_paper_id": item.get("id"),
            "title": item.get("title"),
            "abstract": item.get("abstract"),
            "authors": _names(item.get("author")),
            "published": published,
            "published_kind": "proceedings" if published else None,
            "venue": book[1].strip() if book else None,
            "url": next((link for link in links if link), None),
            **identifiers_in(*links),
        }


def _names(authors: object) -> object:
    """Return names that are joined by semicolons without a space as a list."""
    return authors.split(";") if isinstance(authors, str) else authors
