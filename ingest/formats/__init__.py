"""One module a format behind one protocol, and the choice between them."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Final, Protocol, cast

from ingest.errors import (
    BrokenStream,
    EmptyAnswer,
    EmptyFile,
    NoSuchFormat,
    OtherFormat,
    UnknownFormat,
    UnreadableFile,
)
from ingest.formats.json_format import JsonFormat
from ingest.formats.json_probe import holds_nothing, probe
from ingest.formats.lines import line_ending
from ingest.formats.opening import inner_name, open_bytes
from ingest.formats.reading import read_some
from ingest.schema import Batch, ColumnMap

HEAD_BYTES: Final = 1 << 16
UNNAMED: Final = Path()
BLANK: Final = b"\xef\xbb\xbf \t\r\n"


class Format(Protocol):
    """A file format: how to know it and how to read it."""

    @property
    def name(self) -> str:
        """What `--format` and the manifest call it."""
        ...

    def detects(self, head: bytes, path: Path) -> bool:
        """Whether a file with this beginning and this name is of the format.

        Raises:
            EmptyAnswer: it is, and it says itself that it holds no papers.
        """
        ...

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Yield the file's records in batches, so that memory does not grow with it.

        Raises:
            InputError: the file as a whole cannot be read; single bad records are
                rejects of their batch instead.
        """
        ...


OF_NO_SOURCE: Final = ("jsonl", "csv")
"""They read the files of a source as well, by the names that a column map gives.

So they are tried after the formats of sources, of which no two know the same file.
"""


def _found() -> Iterator[Format]:
    """Yield the formats that the modules of this package define."""
    for module in iter_modules(__path__, f"{__name__}."):
        for kind in vars(import_module(module.name)).values():
            is_own = inspect.isclass(kind) and kind.__module__ == module.name
            if is_own and hasattr(kind, "detects") and not inspect.isabstract(kind):
                yield cast("type[Format]", kind)()


_BY_NAME: Final = {chosen.name: chosen for chosen in _found()}
FORMATS: Final[dict[str, Format]] = {
    **{name: chosen for name, chosen in _BY_NAME.items() if name not in OF_NO_SOURCE},
    **{name: _BY_NAME[name] for name in OF_NO_SOURCE},
}
"""By name, in the order in which they are tried."""


def choose_format(path: Path, name: str | None = None) -> Format:
    """Return the named format, or the one that recognises the file: by content, else by name.

    Raises:
        FileMissing: no readable file at the path.
        EmptyFile: a file of nothing but white space.
        EmptyAnswer: a file that says itself that it holds no papers.
        UnreadableFile: text in an encoding other than UTF-8.
        NoSuchFormat: the name is not known.
        OtherFormat: the content is plainly of another format than the named one.
        UnknownFormat: nothing recognised the file.
    """
    head = _head(path)
    if name is not None and name not in FORMATS:
        raise NoSuchFormat(name, list(FORMATS))
    seen = _first_that_detects(head, UNNAMED, path)
    if name is not None:
        if seen is not None and _rules_out(FORMATS[name], seen, head):
            raise OtherFormat(path, name, seen.name)
        return FORMATS[name]
    found = seen or _first_that_detects(head, inner_name(path), path)
    if found is None:
        raise UnknownFormat(path, list(FORMATS))
    return found


def _first_that_detects(head: bytes, name: Path, path: Path) -> Format | None:
    try:
        return next((found for found in FORMATS.values() if found.detects(head, name)), None)
    except EmptyAnswer:
        raise EmptyAnswer(path) from None


def _rules_out(named: Format, seen: Format, head: bytes) -> bool:
    """Whether content in which `seen` was recognised cannot be of the named format."""
    if named.name in {*OF_NO_SOURCE, seen.name} or named.detects(head, UNNAMED):
        return False
    if seen.name == "jsonl" and isinstance(named, JsonFormat):
        return named.keys.isdisjoint(probe(head))
    return seen.name != "csv"  # a first line with a title column can as well be a text's


def _head(path: Path) -> bytes:
    """Return the beginning of a file, from its first line that is not blank on."""
    with open_bytes(path) as file:
        head, broken = read_some(file, HEAD_BYTES)
        while head and not head.strip(BLANK) and not broken:
            head, broken = read_some(file, HEAD_BYTES)
        if head[:1] in BLANK:
            head = head.lstrip(BLANK) + read_some(file, HEAD_BYTES)[0]
    if not head.strip(BLANK):
        raise BrokenStream(path, broken) if broken else EmptyFile(path)
    if _is_wide(head):
        raise UnreadableFile(path, "the text is UTF-16 or UTF-32; save it as UTF-8")
    if holds_nothing(head):
        raise EmptyAnswer(path)
    return head.replace(b"\r", b"\n") if line_ending(head) == b"\r" else head


def _is_wide(head: bytes) -> bool:
    """Whether this is text of which each character takes two bytes or four."""
    zeros = {half.count(0) == len(half) for half in (head[:64:2], head[1:64:2]) if half}
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or zeros == {True, False}
