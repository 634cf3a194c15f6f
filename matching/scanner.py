"""One pass over a batch for every pattern at once, with the words marked where they begin.

Most places where the letters of a short name stand are inside other words ("ar" in "learning").
They would all be reported, and handing one back to Python costs more than scanning a hundred
bytes. So the first letter of every word is replaced by another byte, in the text and in the
patterns alike, byte for byte: one byte for short words and one for long ones, so that "ar" is
met neither inside "learning" nor at the beginning of "architecture". What is found is still a
superset of the names; `matching.borders` has the last word.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Final

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

from matching.arrow import Positions
from matching.folding import FOLD

_SHORT: Final = 4
"""Letters and digits of a word up to which it is marked as a short one."""

_MARK_SHORT: Final = 0x20  # "a" to "A"; folded text has no capitals
_MARK_LONG: Final = 0x60  # "a" to 0x01; folded text keeps no such control characters

_LETTERS: Final = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS: Final = frozenset(b"0123456789")
_FOLD: Final = bytes(0 if FOLD[byte] < 32 else FOLD[byte] for byte in range(256))
_IS_LETTER: Final = bytes(byte in _LETTERS for byte in range(256))
_IS_PLAIN: Final = bytes(byte in _LETTERS or byte in _DIGITS for byte in range(256))
_IS_WORD: Final = bytes(byte in _LETTERS or byte in _DIGITS or byte == 0x5F for byte in range(256))


class Scanner:
    """An automaton over patterns that count as whole words only, a plural s aside."""

    def __init__(self, patterns: Sequence[bytes], marks: Sequence[bytes] = ()) -> None:
        """Compile.

        Args:
            patterns: folded; each is found where it is a whole word, perhaps with an s behind.
            marks: folded strings that are found anywhere, inside of words too.
        """
        marked: list[bytes] = []
        numbers: list[int] = []
        for number, pattern in enumerate((*marks, *patterns)):
            ways = marked_pattern(pattern)
            if number < len(marks):
                ways = list(dict.fromkeys((pattern, *ways)))
            marked += ways
            numbers += [number] * len(ways)
        self._numbers = np.array(numbers, dtype=np.int64)
        # The contiguous NFA beats the DFA here: a tenth of the memory, so that it stays in cache.
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            marked, implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def find(self, text: bytes, row_starts: Positions) -> tuple[Positions, Positions, Positions]:
        """Return pattern number, start and end of every occurrence, by their ends.

        Args:
            text: UTF-8 bytes of all rows, end to end.
            row_starts: where each row begins.
        """
        hits = self._automaton.find_matches_as_indexes(
            marked_text(text, row_starts).tobytes(), overlapping=True
        )
        flat = np.fromiter(chain.from_iterable(hits), dtype=np.int64, count=3 * len(hits))
        return self._numbers[flat[0::3]], flat[1::3], flat[2::3]


def marked_text(text: bytes, row_starts: Positions) -> NDArray[np.uint8]:
    """Return the text, folded, with the first letter of every word replaced by its mark."""
    folded = np.frombuffer(text.translate(_FOLD), dtype=np.uint8)
    if not folded.size:
        return folded
    begins = row_starts[row_starts < folded.size]
    goes_on = np.frombuffer(bytearray(text.translate(_IS_WORD)), dtype=np.bool_)
    first = np.frombuffer(bytearray(text.translate(_IS_LETTER)), dtype=np.bool_)
    at_begin = first[begins]
    first[1:] &= ~goes_on[:-1]
    first[begins] = at_begin
    plain = np.frombuffer(bytearray(text.translate(_IS_PLAIN)), dtype=np.bool_)
    plain[begins] = False  # no word goes on into the next row
    is_long = first.copy()
    for ahead in range(1, _SHORT + 1):
        is_long[:-ahead] &= plain[ahead:]
        is_long[-ahead:] = False
    marks = first.view(np.uint8) * np.uint8(_MARK_SHORT)
    marks |= is_long.view(np.uint8) * np.uint8(_MARK_SHORT ^ _MARK_LONG)
    return folded ^ marks


def marked_pattern(pattern: bytes) -> list[bytes]:
    """Return a folded pattern as `marked_text` would mark it, in one or two ways.

    Two where its last word is short, but a plural s would make it a long one.
    """
    once, twice = bytearray(pattern), None
    for place, byte in enumerate(pattern):
        if not _IS_LETTER[byte] or (place and _IS_WORD[pattern[place - 1]]):
            continue
        end = place
        while end < len(pattern) and _IS_PLAIN[pattern[end]]:
            end += 1
        once[place] = byte ^ (_MARK_LONG if end - place > _SHORT else _MARK_SHORT)
        if end == len(pattern) and end - place == _SHORT:
            twice = place
    if twice is None:
        return [bytes(once)]
    plural = bytearray(once)
    plural[twice] = pattern[twice] ^ _MARK_LONG
    return [bytes(once), bytes(plural)]
