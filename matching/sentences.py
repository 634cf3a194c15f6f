"""Sentence borders in plain text, found for a whole batch at once."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.arrow import Positions

ABBREVIATIONS: Final = frozenset(
    b"a.k.a al approx cf dr e.g eq eqs fig figs i.e i.i.d no prof resp sec st vs w.r.t".split()
)
"""Words after whose full stop a sentence goes on (folded, without that stop)."""

_ENDERS = np.zeros(256, dtype=np.bool_)
_ENDERS[[ord("."), ord("!"), ord("?")]] = True
_SPACES = np.zeros(256, dtype=np.bool_)
_SPACES[[9, 10, 11, 12, 13, 32]] = True
_CLOSERS = np.zeros(256, dtype=np.bool_)
_CLOSERS[[ord(char) for char in "\"')]}"]] = True
_LOWER = np.zeros(256, dtype=np.bool_)
_LOWER[97:123] = True
_BEFORE_WORD = np.zeros(256, dtype=np.bool_)
_BEFORE_WORD[[ord(" "), ord("(")]] = True
_LONGEST: Final = max(len(word) for word in ABBREVIATIONS)
_ABBREVIATION_CODES: Final = np.array(
    sorted(int.from_bytes(word, "little") for word in ABBREVIATIONS), dtype=np.int64
)


def sentence_starts(
    text: bytes, folded: bytes, row_starts: Positions, row_ends: Positions
) -> Positions:
    """Return the positions at which a sentence begins because another ended before it.

    A sentence ends at `.`, `!` or `?`, closing quotes and brackets included, where white
    space follows, the next word is not in lower case, and the word before is neither a
    known abbreviation nor a single letter. No row is judged by what stands in another.

    Args:
        text: UTF-8 bytes of all rows, end to end.
        folded: the same, folded; same length.
        row_starts: where each row begins, in bytes.
        row_ends: where each row ends, exclusive.
    """
    data = np.frombuffer(text, dtype=np.uint8)
    stops = np.flatnonzero(_ENDERS[data])
    rows = np.searchsorted(row_ends, stops, side="right")
    lows, lasts = row_starts[rows], row_ends[rows] - 1
    ends = stops + 1
    for _ in range(2):
        inside = ends < lasts
        ends = ends + (inside & _CLOSERS[data[np.where(inside, ends, 0)]])
    spaced = ends < lasts
    spaced[spaced] = _SPACES[data[ends[spaced]]]
    stops, starts, lows, lasts = stops[spaced], ends[spaced] + 1, lows[spaced], lasts[spaced]
    for _ in range(2):
        inside = starts < lasts
        starts = starts + (inside & _SPACES[data[np.where(inside, starts, 0)]])
    ended = ~_LOWER[data[starts]]
    ended[ended] = ~_abbreviates(folded, stops[ended], lows[ended])
    return starts[ended]


def sentences_around(
    text: bytes,
    folded: bytes,
    row_starts: Positions,
    row_ends: Positions,
    rows: Positions,
    starts: Positions,
    ends: Positions,
) -> tuple[Positions, Positions]:
    """Return where the sentence of each span begins and ends, without white space around it.

    A span that crosses a sentence border stretches its sentence to its own end.
    """
    data = np.frombuffer(text, dtype=np.uint8)
    within = sentence_starts(text, folded, row_starts, row_ends)
    borders = np.sort(np.concatenate((row_starts, within, row_ends)), kind="stable")
    at = np.searchsorted(borders, starts, side="right")
    begins = np.maximum(borders[at - 1], row_starts[rows])
    finishes = np.maximum(
        np.minimum(borders[np.minimum(at, borders.size - 1)], row_ends[rows]), ends
    )
    while (blank := (begins < starts) & _SPACES[data[np.minimum(begins, data.size - 1)]]).any():
        begins = begins + blank
    while (blank := (finishes > ends) & _SPACES[data[finishes - 1]]).any():
        finishes = finishes - blank
    return begins, finishes


def _abbreviates(folded: bytes, stops: Positions, lows: Positions) -> NDArray[np.bool_]:
    """Return which stops are full stops behind a known abbreviation or a single letter.

    The word before each stop is gathered into one number, a byte a character; words that do
    not fit into it are no abbreviations.
    """
    data = np.frombuffer(folded, dtype=np.uint8)
    words = np.zeros(stops.size, dtype=np.int64)
    lengths = np.zeros(stops.size, dtype=np.int64)
    open_ended = data[stops] == ord(".")
    for back in range(1, _LONGEST + 2):
        places = np.maximum(stops - back, 0)
        open_ended = open_ended & (stops - back >= lows) & ~_BEFORE_WORD[data[places]]
        words = np.where(open_ended, words << 8 | data[places], words)
        lengths = lengths + open_ended
    is_letter = (lengths == 1) & _LOWER[words & 0xFF]
    return is_letter | ((lengths <= _LONGEST) & np.isin(words, _ABBREVIATION_CODES))
