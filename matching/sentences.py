"""Sentence borders in plain text, found for a whole batch at once."""

from typing import Final

import numpy as np

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
    goes_on = _LOWER[data[starts]]
    stops, starts, lows = stops[~goes_on], starts[~goes_on], lows[~goes_on]
    positions: list[tuple[int, int]] = list(zip(stops.tolist(), lows.tolist(), strict=True))
    ended = [
        text[stop] != 0x2E or not _is_abbreviation(folded, stop, low) for stop, low in positions
    ]
    return starts[np.array(ended, dtype=np.bool_)]


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
    borders = np.unique(np.concatenate((row_starts, within, row_ends)))
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


def _is_abbreviation(folded: bytes, stop: int, row_start: int) -> bool:
    low = max(row_start, stop - 12)
    begin = max(folded.rfind(b" ", low, stop), folded.rfind(b"(", low, stop), low - 1)
    word = folded[begin + 1 : stop]
    return word in ABBREVIATIONS or (len(word) == 1 and word.isalpha())
