"""Where the brackets and commas of a JSON text stand that are not inside strings."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_KINDS: Final = np.zeros(256, dtype=np.uint8)
_KINDS[list(b'[]{},"\n\\')] = 1
QUOTE, BACKSLASH, NEWLINE = b'"\\\n'
_OPENERS: Final = np.frombuffer(b"[{", dtype=np.uint8)
_CLOSERS: Final = np.frombuffer(b"]}", dtype=np.uint8)


class Structure(NamedTuple):
    """Brackets and commas outside of strings, in order."""

    places: NDArray[np.intp]
    chars: NDArray[np.uint8]
    depths: NDArray[np.int64]
    """How many brackets are open before the character; a closing one too many opens none."""


class Scanner:
    """Scans a text chunk by chunk; what is open at the end of one goes on in the next.

    No JSON string holds a line break, so a line break ends a string: a quote that is
    missing or one too many does its damage in one line, not in the rest of the file.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything: the next chunk begins outside of strings, no bracket open."""
        self.depth = 0
        self._in_string = False
        self._backslashes = 0

    def scan(self, chunk: bytes) -> Structure:
        """Return the structure of the next chunk."""
        text = np.frombuffer(chunk, dtype=np.uint8)
        places = np.flatnonzero(_KINDS[text])
        chars = text[places]
        is_quote = chars == QUOTE
        escaped = self._escaped(text, places[chars == BACKSLASH])
        if escaped.size:
            is_quote &= ~np.isin(places, escaped)
        quotes = np.cumsum(is_quote) + int(self._in_string)
        at_line_start = np.maximum.accumulate(np.where(chars == NEWLINE, quotes, 0))
        in_string = (quotes - at_line_start) % 2 == 1
        if in_string.size:
            self._in_string = bool(in_string[-1])
        is_structure = ~in_string & ~is_quote & (chars != NEWLINE) & (chars != BACKSLASH)
        places, chars = places[is_structure], chars[is_structure]
        steps = np.isin(chars, _OPENERS).astype(np.int64) - np.isin(chars, _CLOSERS)
        depths = self.depth + np.cumsum(steps)
        depths -= np.minimum(np.minimum.accumulate(depths), 0)  # nothing closes what is not open
        before = np.concatenate([[self.depth], depths])
        self.depth = int(before[-1])
        return Structure(places, chars, before[:-1])

    def _escaped(self, text: NDArray[np.uint8], places: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the places right behind an odd run of backslashes."""
        carried, self._backslashes = self._backslashes, 0
        if not places.size:
            return np.arange(carried % 2)
        firsts = np.flatnonzero(np.diff(places, prepend=-2) != 1)
        starts = places[firsts]
        lengths = np.diff(firsts, append=places.size)
        ends = starts + lengths
        if starts[0] == 0:
            lengths[0] += carried
        if ends[-1] == text.size:
            self._backslashes = int(lengths[-1])
        odd = ends[lengths % 2 == 1]
        return np.append(odd, 0) if starts[0] != 0 and carried % 2 else odd
