"""RSS of Hugging Face daily papers: an item a paper, its facts as HTML in the description."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.formats.dates import dated
from ingest.formats.elements import Fields, Found, read_elements, text_of
from ingest.formats.identifiers import iso_time
from ingest.schema import Batch, ColumnMap

ROOT: Final = re.compile(rb"<rss\b")
MARK: Final = b"Hugging Face"
AUTHORS: Final = re.compile(r"<b>Authors:</b>(.*?)</p>", re.DOTALL)
UPVOTES: Final = re.compile(r"<b>Upvotes:</b>\s*(\d{1,9})\b")
SUMMARY: Final = re.compile(r"<b>Summary:</b>(.*)</p>", re.DOTALL)
ARXIV_ID: Final = re.compile(r"(?:arxiv\.org/(?:abs|pdf)|huggingface\.co/papers)/([^?#]+)")


class HfRssFormat:
    """`hf-rss`: an RSS feed of Hugging Face papers."""

    name = "hf-rss"

    def detects(self, head: bytes, path: Path) -> bool:
        """Known by its root and the name of the page in its title or its links."""
        del path
        return bool(ROOT.search(head)) and (MARK in head or b"huggingface.co/papers" in head)

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read item by item."""
        del columns
        return read_elements(path, {"item"}, _paper)


def _paper(found: Found) -> Fields:
    item = found.whole
    link = text_of(item, "link")
    arxiv_id = ARXIV_ID.search(link or "")
    facts = text_of(item, "description") or ""
    upvotes = UPVOTES.search(facts)
    names = _fact(AUTHORS, facts)
    day = str(iso_time(text_of(item, "pubDate")) or "").removesuffix("T00:00:00Z")
    return {
        "source_paper_id": arxiv_id[1] if arxiv_id else text_of(item, "guid") or link,
        "title": text_of(item, "title"),
        "abstract": _fact(SUMMARY, facts),
        "authors": names.split(", ") if names else None,
        # the feed states the day of arXiv, not the day on the page
        **dated(day or None, "submitted"),
        "url": link,
        "arxiv_id": arxiv_id[1] if arxiv_id else None,
        "upvotes": upvotes[1] if upvotes else None,
    }


def _fact(pattern: re.Pattern[str], facts: str) -> str | None:
    match = pattern.search(facts)
    return html.unescape(match[1]).strip() or None if match else None
