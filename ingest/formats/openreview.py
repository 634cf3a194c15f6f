"""Submissions of OpenReview: notes of its API, and tables that others made from them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast

from ingest.errors import MissingColumn
from ingest.formats.csv import CsvFormat
from ingest.formats.csv_rows import Cells, header_of, read_table
from ingest.formats.identifiers import time_of_milliseconds
from ingest.formats.json_format import JsonFormat
from ingest.formats.json_probe import Probe
from ingest.formats.json_reader import Object, Page, Refused
from ingest.formats.opening import open_bytes
from ingest.formats.reading import read_some
from ingest.schema import Batch, ColumnMap

FORUM: Final = "https://openreview.net/forum?id="
TABLES: Final = (
    frozenset({"paper_id", "title", "link", "keywords", "abstract"}),
    frozenset({"id", "title", "keywords", "ratings", "decision"}),
)


class OpenReviewFormat(JsonFormat):
    """`openreview`: known by notes with a content, or by the header of its tables."""

    name = "openreview"
    keys = frozenset({"content", "forum"})

    def fits(self, seen: Probe) -> bool:
        """A note with a title, in the first or the second version of the API."""
        has_title = seen.has("content.title") or seen.has("content.title.value")
        return has_title and (seen.has("forum") or seen.has("invitations.item"))

    def detects(self, head: bytes, path: Path) -> bool:
        """The first table has to link to OpenReview, for its names are common ones."""
        header = frozenset(header_of(head))
        if TABLES[0] <= header:
            return b"openreview.net" in head
        return TABLES[1] <= header or super().detects(head, path)

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read notes or rows; a damaged one is a reject."""
        head = _beginning(path)
        if head.startswith((b"{", b"[")):
            yield from super().read(path, columns)
        elif columns:
            yield from CsvFormat().read(path, columns)
        else:
            yield from read_table(
                path,
                _row,
                lambda header: _check(path, header),
                is_quoted=not TABLES[0] <= frozenset(header_of(head)),
            )

    def record(self, item: Object, page: Page) -> dict[str, object]:
        """Only the note that opens a forum is a paper; the others are reviews and answers."""
        del page
        identifier, forum = item.get("id"), item.get("forum")
        if forum and identifier != forum:
            raise Refused("not_a_paper", "the note is a review or an answer in a forum")
        content = item.get("content")
        values = cast("dict[str, Any]", content) if isinstance(content, dict) else {}
        created = item.get("cdate") or item.get("tcdate")
        return _paper(identifier) | {
            "title": _plain(values.get("title")),
            "abstract": _plain(values.get("abstract")),
            "authors": _plain(values.get("authors")),
            "published": time_of_milliseconds(created),
            "published_kind": "submitted" if created else None,
            "updated": time_of_milliseconds(item.get("mdate") or item.get("tmdate")),
            "venue": _plain(values.get("venue")),
        }


def _plain(value: object) -> object:
    """Return the value itself, which the second version of the API wraps."""
    return cast("dict[str, object]", value).get("value") if isinstance(value, dict) else value


def _paper(identifier: object) -> dict[str, object]:
    return {
        "source_paper_id": identifier,
        "openreview_id": identifier,
        "url": f"{FORUM}{identifier}" if identifier else None,
    }


def _row(cells: Cells) -> dict[str, object]:
    """The tables state no date."""
    return _paper(cells.get("paper_id") or cells.get("id")) | {
        "title": cells["title"],
        "abstract": cells.get("abstract"),
        "authors": cells.get("authors"),
    }


def _check(path: Path, header: list[str]) -> None:
    if "title" not in header:
        raise MissingColumn(path, "title", header)


def _beginning(path: Path) -> bytes:
    with open_bytes(path) as file:
        return read_some(file, 4096)[0].removeprefix(b"\xef\xbb\xbf").lstrip()
