"""The archive of arXiv's metadata as tab-separated tables, one a category."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.errors import MissingColumn
from ingest.formats.csv_rows import Cells, header_of, read_table
from ingest.schema import Batch, ColumnMap

NEEDED: Final = ("arxiv_id", "title", "abstract", "author_text", "created")


class ArxivArchiveFormat:
    """`arxiv-archive`: known by the columns of its header."""

    name = "arxiv-archive"

    def detects(self, head: bytes, path: Path) -> bool:
        """Known by content alone; the name does not matter."""
        del path
        return set(NEEDED) <= set(header_of(head))

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read row by row; a damaged row is a reject."""
        del columns

        def check_header(header: list[str]) -> None:
            for name in NEEDED:
                if name not in header:
                    raise MissingColumn(path, name, [found for found in header if found])

        yield from read_table(path, _record, check_header)


def _record(cells: Cells) -> dict[str, object]:
    """`created` is the day of the first version."""
    identifier = cells["arxiv_id"]
    submitted = cells["created"]
    return {
        "source_paper_id": identifier,
        "title": cells["title"],
        "abstract": cells["abstract"],
        "authors": _names(cells["author_text"], cells.get("num_authors", "")),
        "published": submitted,
        "published_kind": "submitted" if submitted else None,
        "updated": cells.get("updated"),
        "url": f"https://arxiv.org/abs/{identifier}" if identifier else None,
        "arxiv_id": identifier,
        "doi": cells.get("doi"),
    }


def _names(text: str, count: str) -> object:
    """Split the names where that gives as many as the table says there are."""
    names = text.split(", ")
    return names if str(len(names)) == count else text
