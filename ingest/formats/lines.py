"""Lines of a text file with their numbers, read in constant memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, TypeVar

from ingest.formats.opening import open_bytes

BOM: Final = b"\xef\xbb\xbf"
MAX_BYTES: Final = 64 << 20
"""A longer line or item is no record of a paper; it is refused instead of being held whole."""

Item = TypeVar("Item")


class RawLine(NamedTuple):
    """One line without its line break; `is_whole` is false where only its beginning was kept."""

    number: int
    raw: bytes
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line break; `error` is empty where it was valid UTF-8."""

    number: int
    text: str
    error: str = ""


def byte_lines(file: BinaryIO, limit: int = MAX_BYTES) -> Iterator[RawLine]:
    """Yield every line, 1-based, without a byte order mark and without line breaks."""
    number = 0
    while line := file.readline(limit):
        number += 1
        is_whole = line.endswith(b"\n") or len(line) < limit
        if not is_whole:
            while (rest := file.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
        yield RawLine(
            number,
            (line.removeprefix(BOM) if number == 1 else line).rstrip(b"\r\n"),
            is_whole,
        )


def decoded_lines(path: Path) -> Iterator[Line]:
    r"""Yield every line, 1-based; bytes that are not UTF-8 are shown as \\xNN in the text."""
    with open_bytes(path) as file:
        for number, raw, is_whole in byte_lines(file):
            if not is_whole:
                yield Line(number, shown(raw), too_long("the line"))
                continue
            try:
                yield Line(number, raw.decode())
            except UnicodeDecodeError as error:
                yield Line(
                    number,
                    raw.decode(errors="backslashreplace"),
                    f"byte {error.start + 1} of the line is not UTF-8",
                )


def too_long(what: str) -> str:
    """Say that something is longer than a record may be."""
    return f"{what} is longer than {MAX_BYTES >> 20} MiB"


def shown(raw: bytes, limit: int = 1 << 16) -> str:
    r"""Return bytes as text for people: \\xNN for what is not UTF-8, cut where it is very long."""
    text = raw[:limit].decode(errors="backslashreplace")
    return text if len(raw) <= limit else f"{text}… ({len(raw):,} bytes)"


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield lists of up to `size` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
