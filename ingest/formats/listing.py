"""The listing text: a page of papers copied as plain text, title and abstract in turn.

Two lines about a newsletter come first, and the button `Subscribe` is glued to the
first title. There are no dates, no identifiers and no blank lines between papers.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from ingest.formats.lines import Line, batched, decoded_lines
from ingest.schema import Batch, ColumnMap, record_rows, reject_rows

HEADER_START: Final = "Get trending papers in your email inbox"
GLUED_BUTTON: Final = "Subscribe"


class ListingFormat:
    """`listing`: known by its newsletter header."""

    name = "listing"

    def detects(self, head: bytes, path: Path) -> bool:
        """Known by content alone; the name does not matter."""
        del path
        return HEADER_START.encode() in head[:512]

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Pair up the lines that are left after the header."""
        del columns
        for pairs in batched(_pairs(path), 10_000):
            records: list[dict[str, object]] = []
            rejects: list[tuple[int, str, str, str]] = []
            for title, abstract in pairs:
                broken = next((line for line in (title, abstract) if line and line.error), None)
                raw_text = "\n".join(line.text for line in (title, abstract) if line)
                if broken is not None:
                    rejects.append((broken.number, broken.rule, broken.error, raw_text))
                elif abstract is None:
                    rejects.append(
                        (title.number, "missing_abstract", "the last title has no text", raw_text)
                    )
                else:
                    records.append(
                        {
                            "source_line": title.number,
                            "title": title.text,
                            "abstract": abstract.text,
                        }
                    )
            yield Batch(record_rows(records), reject_rows(rejects))


def _pairs(path: Path) -> Iterator[tuple[Line, Line | None]]:
    title: Line | None = None
    glued = False
    for line in decoded_lines(path):
        if not (line.text.strip() or line.error):
            continue
        if line.text.startswith(HEADER_START):
            glued = True
            continue
        if title is None:
            title = line
            if glued:
                title = replace(line, text=line.text.removeprefix(GLUED_BUTTON))
                glued = False
            continue
        yield title, line
        title = None
    if title is not None:
        yield title, None
