"""Answers of the arXiv API: an Atom feed, an entry a paper."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.errors import EmptyAnswer
from ingest.formats.dates import dated
from ingest.formats.elements import Fields, Found, NotAPaper, read_elements, text_of, texts_of
from ingest.schema import Batch, ColumnMap

ROOT: Final = re.compile(rb"<(?:\w+:)?feed\b[^>]*http://www\.w3\.org/2005/Atom")
NO_RESULTS: Final = re.compile(rb"<opensearch:totalResults[^>]*>\s*0\s*<")
ERROR_ID: Final = "arxiv.org/api/errors"


class ArxivAtomFormat:
    """`arxiv-atom`: an Atom feed that speaks of arXiv."""

    name = "arxiv-atom"

    def detects(self, head: bytes, path: Path) -> bool:
        """Known by its root; an answer without results says so in its beginning."""
        if not (ROOT.search(head) and b"arxiv.org" in head):
            return False
        if NO_RESULTS.search(head) and b"<entry" not in head:
            raise EmptyAnswer(path)
        return True

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read entry by entry."""
        del columns
        return read_elements(path, {"entry"}, _paper)


def _paper(found: Found) -> Fields:
    entry = found.whole
    address = text_of(entry, "id") or ""
    if ERROR_ID in address:
        raise NotAPaper("source_error", text_of(entry, "summary") or "the API answers an error")
    arxiv_id = address.partition("/abs/")[2] or None
    authors = (text_of(author, "name") for author in entry.iterchildren("{*}author"))
    return {
        "source_paper_id": arxiv_id or address,
        "title": text_of(entry, "title"),
        "abstract": text_of(entry, "summary"),
        "authors": [name for name in authors if name],
        **dated(text_of(entry, "published"), "submitted"),
        "updated": text_of(entry, "updated"),
        "venue": text_of(entry, "journal_ref"),
        "url": address or None,
        "arxiv_id": arxiv_id,
        "doi": next(iter(texts_of(entry, "doi")), None),
    }
