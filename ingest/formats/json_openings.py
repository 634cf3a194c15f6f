"""How the items of a JSON document begin, and how to find them again behind damage.

Where a bracket or a quote is missing, commas and brackets no longer show where an item
ends. But the items of a document begin alike: the same indentation, the same first keys.
"""

import re
from typing import Any, Final, NamedTuple, cast

from ingest.formats.json_scanner import Scanner
from ingest.formats.json_values import Unparsable, parse

BLANK: Final = b" \t\r\n"
OPENING: Final = re.compile(rb'(?:\n[ \t]*)?\{\s*"[^"\\\n]{1,80}"\s*:')
REACH: Final = 64
"""So many openings ahead an item has to end, so that the time does not grow with the square.
No opening of the same indentation stands inside an item, so there it is one."""
LOST: Final = "text between two items that belongs to neither"


class Found(NamedTuple):
    """An item with its value, or what could not be read and why."""

    raw: bytes
    value: Any = None
    rule: str = ""
    detail: str = ""


class Openings:
    """Learns from the first items how they begin; finds others by it."""

    def __init__(self) -> None:
        self._pattern: re.Pattern[bytes] | None = None
        self._is_indented = False
        self._keys: list[str] = []

    @property
    def is_known(self) -> bool:
        """Whether an item was seen from which to learn."""
        return self._pattern is not None

    def learn(self, raw: bytes) -> None:
        """Remember how the first item begins, whether or not it is sound."""
        if self._pattern is None and (found := OPENING.search(raw)):
            opening = re.escape(found[0])
            self._is_indented = found[0].startswith(b"\n")
            if self._is_indented:
                self._pattern = re.compile(opening)
            else:
                self._pattern = re.compile(rb"(?:(?<=[,\[\n])|(?<=, )|^ ?)" + opening)

    def shape(self, value: object) -> None:
        """Remember the first keys of the first sound item."""
        if not self._keys and isinstance(value, dict):
            self._keys = list(cast("dict[str, Any]", value))[:2]

    def starts(self, text: bytes) -> list[int]:
        """Return where items seem to begin."""
        if self._pattern is None:
            return []
        return [match.start() for match in self._pattern.finditer(text)]

    def swallowed(self, item: bytes) -> bool:
        """Whether a sound item holds another: no line in it can be indented like its first."""
        return self._is_indented and len(self.starts(item)) > 1

    def next(self, text: bytes) -> int | None:
        """Return where the first item begins that is not plainly something else."""
        for start in self.starts(text):
            end = _end(text, start, min(len(text), start + (1 << 20)))
            if end is None or self._value(text[start:end]) is not None:
                return start
        return None

    def split(self, text: bytes) -> tuple[list[Found], int]:
        """Return the sound items of a text with the damage between them, and where they end."""
        found: list[Found] = []
        if not (self._keys or self._is_indented):
            return found, 0  # What looks like an item may as well be a part of one.
        starts = self.starts(text)
        done = 0
        for number, start in enumerate(starts):
            if start < done:
                continue
            ahead = number + (1 if self._is_indented else REACH)
            reach = starts[ahead] if ahead < len(starts) else len(text)
            end = _end(text, start, reach)
            value = None if end is None else self._value(text[start:end])
            if end is not None and value is not None:
                found += [*self.lost(text[done:start]), Found(text[start:end].strip(BLANK), value)]
                done = end
        return found, done

    def lost(self, text: bytes) -> list[Found]:
        """Return text that is in no item as a reject, unless it only separates items."""
        text = text.strip(b" \t\r\n,")
        if not text:
            return []
        try:
            parse(text)
        except Unparsable as error:
            return [Found(text, None, error.rule, str(error))]
        return [Found(text, None, "malformed_json", LOST)]

    def _value(self, raw: bytes) -> dict[str, Any] | None:
        """Return the object if it is sound and has the first keys of an item."""
        try:
            value = parse(raw)
        except Unparsable:
            return None
        is_item = not self._keys or list(value)[:2] == self._keys
        return value if is_item else None


def _end(text: bytes, start: int, reach: int) -> int | None:
    """Return the end of the object that begins here, if it ends before `reach`."""
    structure = Scanner().scan(text[start:reach])
    is_closer = (structure.chars == ord("]")) | (structure.chars == ord("}"))
    ends = structure.places[is_closer & (structure.depths == 1)]
    return start + int(ends[0]) + 1 if ends.size else None
