"""Overlaps resolved, bytes turned into characters."""

import numpy as np
from numpy.typing import NDArray

from matching.arrow import Positions


def longest_leftmost(starts: Positions, ends: Positions) -> Positions:
    """Return the indices of the spans that stay when the leftmost longest wins.

    Of spans that begin together the longest stays; of spans that overlap the one that
    begins first stays; equal spans stay together. The result is in text order.
    """
    order = np.lexsort((-ends, starts))
    starts, ends = starts[order], ends[order]
    reached = np.maximum.accumulate(np.concatenate(([0], ends[:-1])))
    clear = starts >= reached
    if clear.all():
        return order
    kept = np.zeros(order.size, dtype=np.bool_)
    clusters = np.flatnonzero(clear)
    sizes = np.diff(np.append(clusters, order.size))
    kept[clusters] = True
    for first, size in zip(clusters[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        last_start, last_end = starts[first], ends[first]
        for index in range(first + 1, first + size):
            same = starts[index] == last_start and ends[index] == last_end
            if same or starts[index] >= last_end:
                kept[index] = True
                last_start, last_end = starts[index], ends[index]
    return order[kept]


class CharacterOffsets:
    """Byte positions of a batch of rows as code point positions within each row."""

    def __init__(self, text: NDArray[np.uint8], row_starts: Positions) -> None:
        """Prepare for `text`, whose rows begin at `row_starts` (bytes)."""
        self._row_starts = row_starts
        self._continued = np.flatnonzero((text & 0xC0) == 0x80)

    def of(self, positions: Positions, rows: Positions) -> NDArray[np.int32]:
        """Return the code point position within its row of each byte position."""
        begins = self._row_starts[rows]
        offsets = positions - begins
        if self._continued.size:
            offsets = offsets - np.searchsorted(self._continued, positions)
            offsets = offsets + np.searchsorted(self._continued, begins)
        return offsets.astype(np.int32)

    def bytes_of(self, characters: Positions, rows: Positions) -> Positions:
        """Return the byte position of each code point position within its row."""
        begins = self._row_starts[rows]
        if not self._continued.size:
            return begins + characters
        # bytes that continue a character, by the number of the next one in the whole batch
        nexts = self._continued - np.arange(self._continued.size)
        whole = begins - np.searchsorted(self._continued, begins) + characters
        return whole + np.searchsorted(nexts, whole, side="right")
