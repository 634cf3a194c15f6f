"""Rows of a text with separators, quoted as RFC 4180 says, damage included."""

import csv
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import Any, Final, Literal, TextIO

from ingest.errors import BrokenStream, UnreadableFile
from ingest.formats.fields import WrongType
from ingest.formats.lines import MAX_BYTES, too_long
from ingest.formats.opening import open_bytes
from ingest.formats.rows import Rows
from ingest.schema import Batch

MAX_ROW_LINES: Final = 1_000
"""A quote that is still open after so many lines is taken for one that nobody closed."""

UNDECODED: Final = range(0xDC80, 0xDD00)
"""Where `surrogateescape` puts the bytes that are not UTF-8."""

Cells = Mapping[str, str]
Quoting = Literal[0, 3]


def header_of(head: bytes) -> list[str]:
    """Return the names in the first line of a file's beginning; one name where it is no table."""
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode(errors="replace")
    cells: list[str] = []
    try:
        return next(csv.reader([first.rstrip("\r")], delimiter=_delimiter(first)), cells)
    except csv.Error:
        return cells


def read_table(
    path: Path,
    to_record: Callable[[Cells], Mapping[str, Any]],
    check_header: Callable[[list[str]], None] = lambda header: None,
    *,
    is_quoted: bool = True,
) -> Iterator[Batch]:
    """Read a file in batches; a row that cannot be used is a reject with its line number.

    Args:
        path: the file.
        to_record: from a row by its column names to values by name of a RECORD column.
        check_header: raises an InputError where a needed column is missing.
        is_quoted: whether a quote around a cell is none of its text.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with (
        open_bytes(path) as raw,
        TextIOWrapper(raw, "utf-8-sig", errors="surrogateescape", newline="") as file,
    ):
        header, table = _table(file, path, csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE)
        check_header(header)
        rows = Rows()
        line = 1
        try:
            for row in table:
                line = row.line
                _add(rows, row, header, to_record)
                if rows.is_full:
                    yield rows.batch()
        except BrokenStream as error:
            rows.reject(line + 1, "broken_stream", error.reason, b"")
        yield rows.batch()


def _add(
    rows: Rows, row: "_Row", header: list[str], to_record: Callable[[Cells], Mapping[str, Any]]
) -> None:
    fault = _fault(row, len(header))
    if fault is not None:
        rows.reject(row.line, *fault, _bytes(row.raw_text))
    elif row.cells:
        try:
            record = to_record(dict(zip(header, row.cells, strict=True)))
            rows.add(row.line, record, len(row.raw_text))
        except WrongType as error:
            rows.reject(row.line, "wrong_type", str(error), _bytes(row.raw_text))


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
        if len(line) >= MAX_BYTES:
            raise csv.Error(too_long("the line"))
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


def _table(file: TextIO, path: Path, quoting: Quoting) -> tuple[list[str], Iterator[_Row]]:
    """Return the header and the rows behind it."""
    lines = _bounded(file)
    header_line = next(lines, "")
    rows = _rows(chain([header_line], lines), _delimiter(header_line), quoting)
    first = next(rows)
    if first.error:
        raise UnreadableFile(path, f"line 1: the header is malformed ({first.error})")
    return first.cells, rows


def _bounded(file: TextIO) -> Iterator[str]:
    """Yield lines; of one that is too long only its beginning, so that it is not held whole."""
    while line := file.readline(MAX_BYTES):
        yield line
        while len(line) == MAX_BYTES and not line.endswith("\n"):
            line = file.readline(MAX_BYTES)


def _delimiter(header_line: str) -> str:
    return "\t" if "\t" in header_line and "," not in header_line else ","


def _rows(lines: Iterable[str], delimiter: str, quoting: Quoting) -> Iterator[_Row]:
    """Yield every row; after a malformed one, go on with the line after its first."""
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter, quoting=quoting, strict=True)
    while True:
        try:
            yield source.row(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            yield source.broken_row(str(error))
            reader = csv.reader(source, delimiter=delimiter, quoting=quoting, strict=True)


def _fault(row: _Row, width: int) -> tuple[str, str] | None:
    """Return the rule that the row breaks and how, if it breaks one."""
    if not row.raw_text.isascii() and any(ord(char) in UNDECODED for char in row.raw_text):
        return "bad_encoding", "a byte of the row is not UTF-8"
    if row.error:
        return "malformed_csv", row.error
    if row.cells and len(row.cells) != width:
        return "wrong_cell_count", f"{len(row.cells)} cells under a header of {width}"
    return None


def _bytes(text: str) -> bytes:
    """Return the bytes that the text was decoded from."""
    return text.encode(errors="surrogateescape")
