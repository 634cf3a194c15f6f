"""Lines of a text file with their numbers, read in constant memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from ingest.formats.opening import open_bytes

BOM: Final = b"\xef\xbb\xbf"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line break; `error` is empty where it was valid UTF-8."""

    number: int
    text: str
    error: str = ""


def decoded_lines(path: Path) -> Iterator[Line]:
    r"""Yield every line, 1-based; bytes that are not UTF-8 are shown as \\xNN in the text."""
    with open_bytes(path) as file:
        for number, line in enumerate(file, start=1):
            raw = (line.removeprefix(BOM) if number == 1 else line).rstrip(b"\r\n")
            try:
                yield Line(number, raw.decode())
            except UnicodeDecodeError as error:
                yield Line(
                    number,
                    raw.decode(errors="backslashreplace"),
                    f"byte {error.start + 1} of the line is not UTF-8",
                )


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield lists of up to `size` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
