"""CSV and TSV with a header line, quoted as RFC 4180 says."""

import csv
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import Final

from ingest.errors import MissingColumn, UnreadableFile
from ingest.formats.fields import WrongType, record_from
from ingest.formats.lines import batched
from ingest.formats.opening import open_bytes
from ingest.schema import REQUIRED_FIELDS, Batch, ColumnMap, record_rows, reject_rows

BATCH_ROWS: Final = 10_000
MAX_ROW_LINES: Final = 1_000
"""A quote that is still open after so many lines is taken for one that nobody closed."""

UNDECODED: Final = range(0xDC80, 0xDD00)
"""Where `surrogateescape` puts the bytes that are not UTF-8."""


class CsvFormat:
    """`csv`: known by its name, or by a header line that holds a title column."""

    name = "csv"

    def detects(self, head: bytes, path: Path) -> bool:
        """`.csv` and `.tsv`, or a first line with the word title between separators."""
        if path.suffix.lower() in {".csv", ".tsv"}:
            return True
        first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].strip().lower()
        cells = first.replace(b"\t", b",").replace(b'"', b"").split(b",")
        return len(cells) > 1 and b"title" in cells

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read row by row; a row with wrong quotes or a wrong number of cells is a reject."""
        csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
        with TextIOWrapper(
            open_bytes(path), encoding="utf-8-sig", errors="surrogateescape", newline=""
        ) as file:
            yield from _read_rows(file, path, columns)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as parsed and as written; `line` is where it begins, 1-based."""

    line: int
    cells: list[str]
    raw_text: str
    error: str = ""


class _Lines:
    """Lines for a CSV reader that can be given back when the row they made was none."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._number = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self._taken) == MAX_ROW_LINES:
            raise StopIteration
        line = self._again.popleft() if self._again else next(self._lines)
        self._taken.append(line)
        return line

    def row(self, cells: list[str]) -> _Row:
        """Return the lines taken since the last row as one row."""
        return self._finish(len(self._taken), cells, "")

    def broken_row(self, error: str) -> _Row:
        """Return the first line taken as a row of its own; the others will come again."""
        self._again.extendleft(reversed(self._taken[1:]))
        return self._finish(1, [], error)

    def _finish(self, count: int, cells: list[str], error: str) -> _Row:
        raw_text = "".join(self._taken[:count]).rstrip("\r\n")
        row = _Row(self._number, cells, raw_text, error)
        self._number += count
        self._taken.clear()
        return row


def _read_rows(file: Iterable[str], path: Path, columns: ColumnMap) -> Iterator[Batch]:
    lines = iter(file)
    header_line = next(lines, "")
    delimiter = "\t" if "\t" in header_line and "," not in header_line else ","
    rows = _rows(chain([header_line], lines), delimiter)
    first = next(rows)
    if first.error:
        raise UnreadableFile(path, f"line 1: the header is malformed ({first.error})")
    header = first.cells
    for field in (*REQUIRED_FIELDS, *columns):
        if columns.get(field, field) not in header:
            raise MissingColumn(path, field, [name for name in header if name])
    for batch in batched(rows, BATCH_ROWS):
        records: list[dict[str, object]] = []
        rejects: list[tuple[int, str, str, str]] = []
        for row in batch:
            fault = _fault(row, len(header))
            if fault is not None:
                rejects.append((row.line, *fault, _shown(row.raw_text)))
            elif row.cells:
                item = dict(zip(header, row.cells, strict=True))
                try:
                    records.append(record_from(item, columns, row.line))
                except WrongType as error:
                    rejects.append((row.line, "wrong_type", str(error), row.raw_text))
        yield Batch(record_rows(records), reject_rows(rejects))


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[_Row]:
    """Yield every row; after a malformed one, go on with the line after its first."""
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        try:
            yield source.row(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            yield source.broken_row(str(error))
            reader = csv.reader(source, delimiter=delimiter, strict=True)


def _fault(row: _Row, width: int) -> tuple[str, str] | None:
    """Return the rule that the row breaks and how, if it breaks one."""
    if not row.raw_text.isascii() and any(ord(char) in UNDECODED for char in row.raw_text):
        return "bad_encoding", "a byte of the row is not UTF-8"
    if row.error:
        return "malformed_csv", row.error
    if row.cells and len(row.cells) != width:
        return "wrong_cell_count", f"{len(row.cells)} cells under a header of {width}"
    return None


def _shown(text: str) -> str:
    r"""Return the text with bytes that are not UTF-8 as \\xNN."""
    return text.encode(errors="surrogateescape").decode(errors="backslashreplace")
