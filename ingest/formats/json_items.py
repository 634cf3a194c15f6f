"""The items of a JSON document, one after the other, in constant memory.

A document is an array of items, an object that holds such an array (a page of an API), or
objects written one behind the other. It is cut at the commas between its items, and each
item is parsed by itself, so that one broken item costs nothing but itself. Where brackets
are missing, `json_openings` finds the next item.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO, Final

from ingest.formats.json_openings import BLANK, Found, Openings
from ingest.formats.json_scanner import Scanner, Structure
from ingest.formats.json_values import Unparsable, parse
from ingest.formats.lines import BOM, MAX_BYTES, too_long

CHUNK: Final = 1 << 20
SMALL: Final = 1 << 12
KEY: Final = re.compile(rb'"([^"\\\n]{1,80})"\s*:\s*$')
CUT: Final = "the document ends before it is complete"
BEHIND: Final = "text behind the end of the document"


class Items:
    """Iterates over what a document holds, damage included, in the order of the file.

    Attributes:
        header: the plain values that stand before the array of a page.
    """

    def __init__(self, file: BinaryIO, containers: Collection[str], limit: int = MAX_BYTES) -> None:
        self.header: dict[str, Any] = {}
        self._file = file
        self._limit = limit
        self._scanner = Scanner()
        self._openings = Openings()
        self._is_array = self._is_page = False
        self._is_open = True
        self._window = CHUNK
        self._pending = b""
        self._found: list[Found] = []
        self._text = self._start(containers)

    def __iter__(self) -> Iterator[Found]:
        """Yield each item, or what could not be read in its place."""
        text = self._text
        while text:
            while text:
                step = self._read if self._is_open else self._search
                now, later = text[: self._window], text[self._window :]
                text = step(now) + later
                yield from self._taken()
            text = self._file.read(CHUNK)
        self._finish()
        yield from self._taken()

    def _taken(self) -> list[Found]:
        found, self._found = self._found, []
        return found

    def _start(self, containers: Collection[str]) -> bytes:
        """Find the array of items in the beginning of the file and return what is behind it."""
        head = self._file.read(CHUNK).removeprefix(BOM)
        first = re.search(rb"[\[{]", head)
        if first is None:
            return head
        if junk := head[: first.start()].strip(BLANK):
            self._found.append(Found(junk, None, "malformed_json", "text before the document"))
        head = head[first.start() :]
        if head.startswith(b"["):
            self._is_array = True
            return head[1:]
        structure = Scanner().scan(head)
        for place in structure.places[(structure.chars == ord("[")) & (structure.depths == 1)]:
            key = KEY.search(head, max(0, int(place) - 200), int(place))
            if key and key[1].decode(errors="replace") in containers:
                self._is_array = self._is_page = True
                self.header = _header(head[: int(place)])
                return head[int(place) + 1 :]
        return head

    def _read(self, text: bytes) -> bytes:
        """Take the items that end in this text; return what has to be read again."""
        begin = 0
        for place, is_last in _ends(self._scanner.scan(text), is_array=self._is_array):
            self._add(self._pending + text[begin : place if self._is_array else place + 1])
            self._pending = b""
            begin = place + 1
            if is_last:
                self._is_open = False
                self._window = SMALL
                return text[begin:]
        self._window = min(4 * self._window, CHUNK)
        self._pending += text[begin:]
        return self._recover() if len(self._pending) > self._limit else b""

    def _add(self, raw: bytes) -> None:
        """Parse an item; one that fails may have swallowed those behind it."""
        item = raw.strip(BLANK if self._is_array else b" \t\r\n,")
        if not item:
            return
        self._openings.learn(raw)
        try:
            found = Found(item, parse(item))
        except Unparsable as error:
            found = Found(item, None, error.rule, str(error))
        if self._openings.swallowed(raw) if not found.rule else len(self._openings.starts(raw)) > 1:
            inside, end = self._openings.split(raw)
            self._found += [*inside, *self._openings.lost(raw[end:])]
        else:
            self._openings.shape(found.value)
            self._found.append(found)

    def _recover(self) -> bytes:
        """Save the items out of a long text in which none ends; return where to go on."""
        raw, self._pending = self._pending, b""
        self._openings.learn(raw)
        found, end = self._openings.split(raw)
        self._found += found
        rest = raw[end:]
        starts = self._openings.starts(rest)
        self._scanner.reset()
        self._window = SMALL
        if starts and len(rest) - starts[-1] < self._limit // 2:
            self._found += self._openings.lost(rest[: starts[-1]])
            return rest[starts[-1] :]
        self._found.append(Found(rest, None, "too_long", too_long("the item")))
        self._is_open = False
        return b""

    def _search(self, text: bytes) -> bytes:
        """Behind the end of the array, look for items that stand there all the same."""
        text = self._pending + text
        start = self._openings.next(text)
        if start is None:
            keep = 256 if self._openings.is_known else 0
            self._behind(text[: max(0, len(text) - keep)])
            self._pending = text[len(text) - keep :] if keep else b""
            return b""
        self._found += self._openings.lost(text[:start])
        self._pending = b""
        self._is_open = True
        self._scanner.reset()
        return text[start:]

    def _behind(self, text: bytes) -> None:
        if not self._is_page and (junk := text.strip(BLANK)):
            self._found.append(Found(junk, None, "malformed_json", BEHIND))

    def _finish(self) -> None:
        """Say what was still open at the end of the file."""
        if not self._is_open:
            return self._behind(self._pending)
        self._openings.learn(self._pending)
        found, end = self._openings.split(self._pending)
        self._found += found
        rest = self._pending[end:].strip(b" \t\r\n,")
        is_closed = rest.startswith(b"]") if self._is_array else not rest
        if not is_closed:
            self._found.append(Found(rest, None, "malformed_json", CUT))
        return None


def _ends(structure: Structure, *, is_array: bool) -> Iterator[tuple[int, bool]]:
    """Yield where an item ends, and whether the array ends there as well."""
    chars, depths = structure.chars, structure.depths
    if is_array:
        chosen = (depths == 0) & ((chars == ord(",")) | (chars == ord("]")))
    else:
        chosen = (depths == 1) & ((chars == ord("]")) | (chars == ord("}")))
    is_last = is_array & (chars[chosen] == ord("]"))
    return zip(structure.places[chosen].tolist(), is_last.tolist(), strict=True)


def _header(beginning: bytes) -> dict[str, Any]:
    """Return the texts and numbers of an object whose last value is missing."""
    try:
        return plain_values(parse(beginning + b"null}"))
    except Unparsable:
        return {}


def plain_values(page: Mapping[str, Any]) -> dict[str, Any]:
    """Return the texts and whole numbers that stand beside the items of a page."""
    return {key: value for key, value in page.items() if isinstance(value, str | int)}
