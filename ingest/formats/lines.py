"""Lines of a text file with their numbers, read in constant memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from ingest.errors import BrokenStream
from ingest.formats.opening import open_bytes

BOM: Final = b"\xef\xbb\xbf"
CHUNK_BYTES: Final = 1 << 18
MAX_BYTES: Final = 64 << 20
"""A longer line or item is no record of a paper; it is refused instead of being held whole."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line break; `error` says what is wrong with it, `rule` of what kind."""

    number: int
    text: str
    error: str = ""
    rule: str = ""


def byte_lines(file: BinaryIO, limit: int = MAX_BYTES) -> Iterator[tuple[int, bytes, bool]]:
    """Yield every line without its line break: its number, its bytes, whether they are all.

    Lines are counted from 1; a byte order mark is taken off. Of a line that is longer than the
    limit only the beginning is kept.
    """
    number = 0
    for number, line in enumerate(_split(file, limit), start=1):
        if number == 1:
            line = line.removeprefix(BOM)  # noqa: PLW2901
        yield number, line.rstrip(b"\r"), len(line) <= limit


def _split(file: BinaryIO, limit: int) -> Iterator[bytes]:
    """Yield what stands between line breaks; of a long line little more than the limit."""
    read = getattr(file, "read1", file.read)
    parts: list[bytes] = []
    size = 0
    ending = line_ending(file.peek(CHUNK_BYTES)) if isinstance(file, BufferedReader) else b"\n"
    while chunk := read(CHUNK_BYTES):
        if ending not in chunk:
            if size <= limit:
                parts.append(chunk)
                size += len(chunk)
            continue
        first, *lines, last = chunk.split(ending)
        yield b"".join((*parts, first)) if parts else first
        yield from lines
        parts, size = [last], len(last)
    if size:
        yield b"".join(parts)


def line_ending(beginning: bytes) -> bytes:
    r"""Return what ends the lines of a file that begins so: \r as on old Macs, else \n."""
    is_old_mac = b"\r" in beginning[:-1] and b"\n" not in beginning
    return b"\r" if is_old_mac else b"\n"


def decoded_lines(path: Path) -> Iterator[Line]:
    r"""Yield every line, 1-based; bytes that are not UTF-8 are shown as \\xNN in the text.

    Where compressed data breaks off, the last line is empty and says so.
    """
    number = 0
    with open_bytes(path) as file:
        try:
            for number, raw, is_whole in byte_lines(file):
                yield (
                    _decoded(number, raw)
                    if is_whole
                    else Line(number, shown(raw), too_long("the line"), "too_long")
                )
        except BrokenStream as error:
            yield Line(number + 1, "", error.reason, "broken_stream")


def _decoded(number: int, raw: bytes) -> Line:
    try:
        return Line(number, raw.decode())
    except UnicodeDecodeError as error:
        detail = f"byte {error.start + 1} of the line is not UTF-8"
        return Line(number, raw.decode(errors="backslashreplace"), detail, "bad_encoding")


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
