"""Where words begin that may be names by their letters, found in the bytes of a whole batch.

Both triggers find more than the patterns that are tried at their places, and nothing less: bytes
beyond ASCII count as whatever lets a pattern be tried.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.arrow import Positions
from matching.texts import Batch, Shapes

_CAPITALS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL: Final = b"abcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = b"0123456789"
_BEYOND: Final = bytes(range(128, 256))
_HYPHEN: Final = 0x2D

Mask = NDArray[np.bool_]


def _table(characters: bytes) -> bytes:
    return bytes(byte in characters for byte in range(256))


_IS_CAPITAL: Final = _table(_CAPITALS)
_IS_SMALL: Final = _table(_SMALL)
_IS_DIGIT: Final = _table(_DIGITS + _BEYOND)
_STOPS_NAME: Final = _table(_CAPITALS + _SMALL + _DIGITS + b"_@\\/.-")
"""What no name begins behind."""
_IS_RUN: Final = _table(_CAPITALS + _SMALL + _DIGITS + b"_.&'+-" + _BEYOND)
_IS_INNER: Final = _table(_CAPITALS + _SMALL + _DIGITS + b"_.&'+" + _BEYOND)
"""What stands before a letter or a digit inside of a word."""


def _name_begins(batch: Batch) -> Positions:
    """Return where a capital begins a word, or small letters before a capital or a digit do.

    "FooNet", "mBERT", "t5" and "e-SNLI".
    """
    capital, small = _mask(batch, _IS_CAPITAL), _mask(batch, _IS_SMALL)
    is_free = ~_before(batch, _mask(batch, _STOPS_NAME))
    after_small = _before(batch, small)
    ended = after_small & (capital | _mask(batch, _IS_DIGIT))
    ended[:-1] |= after_small[:-1] & (batch.data[:-1] == _HYPHEN) & capital[1:]
    found = capital & is_free
    begins = _begins_of(np.flatnonzero(ended), np.flatnonzero(small & ~after_small))
    found[begins] = is_free[begins]
    return np.flatnonzero(found)


def _shaped_runs(batch: Batch) -> Positions:
    """Return where runs begin that hold a capital or, behind one, a digit inside of a word."""
    capital, run = _mask(batch, _IS_CAPITAL), _mask(batch, _IS_RUN)
    inside = _before(batch, _mask(batch, _IS_INNER))
    run_begins = np.flatnonzero(run & ~_before(batch, run))
    capitals = np.flatnonzero(capital)
    digits = np.flatnonzero(inside & _mask(batch, _IS_DIGIT))
    digit_runs = _begins_of(digits, run_begins)
    is_behind = np.searchsorted(capitals, digit_runs) < np.searchsorted(capitals, digits)
    found = np.zeros_like(run)
    found[_begins_of(capitals[inside[capitals]], run_begins)] = True
    found[digit_runs[is_behind]] = True
    return np.flatnonzero(found)


def _mask(batch: Batch, table: bytes) -> Mask:
    return np.frombuffer(batch.text.translate(table), dtype=np.bool_)


def _before(batch: Batch, mask: Mask) -> Mask:
    """Return for each byte what the mask says of the one before it in its row."""
    before = np.zeros_like(mask)
    before[1:] = mask[:-1]
    before[batch.starts[batch.starts < mask.size]] = False
    return before


def _begins_of(places: Positions, begins: Positions) -> Positions:
    """Return the last beginning at or before each place."""
    return begins[np.searchsorted(begins, places, side="right") - 1]


NAME_BEGINS: Final = Shapes(_name_begins)
SHAPED_RUNS: Final = Shapes(_shaped_runs)
