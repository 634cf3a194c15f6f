"""The listing text: a page of papers copied as plain text, title and abstract in turn.

Two lines about a newsletter come first, and the button `Subscribe` is glued to the
first title. There are no dates, no identifiers and no blank lines between papers.
"""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from ingest.errors import UnreadableFile
from ingest.formats.lines import Line, batched, decoded_lines
from ingest.formats.opening import open_bytes
from ingest.formats.reading import read_some
from ingest.schema import Batch, ColumnMap, record_rows, reject_rows

HEADER_START: Final = "Get trending papers in your email inbox"
GLUED_BUTTON: Final = "Subscribe"
HEAD_BYTES: Final = 512
BATCH_ROWS: Final = 10_000


class ListingFormat:
    """`listing`: known by its newsletter header."""

    name = "listing"

    def detects(self, head: bytes, path: Path) -> bool:
        """Known by content alone; the name does not matter."""
        del path
        return HEADER_START.encode() in head[:HEAD_BYTES]

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Pair up the lines that are left after the header.

        Without the header anything would pass, so what is read must at least look like pairs.
        """
        del columns
        with open_bytes(path) as file:
            has_header = self.detects(read_some(file, HEAD_BYTES)[0], path)
        if not (has_header or _looks_like_papers(path)):
            raise UnreadableFile(
                path,
                "it has no newsletter header, and its lines are not titles and texts in turn",
            )
        for pairs in batched(_pairs(path), BATCH_ROWS):
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


def _looks_like_papers(path: Path) -> bool:
    """Whether most second lines have twice the length of the first; in other text few have."""
    with closing(_pairs(path)) as found:
        pairs = list(islice(found, BATCH_ROWS))
    longer = sum(2 * len(title.text) < len(text.text) for title, text in pairs if text)
    return 2 * longer >= len(pairs)


def _pairs(path: Path) -> Generator[tuple[Line, Line | None]]:
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
