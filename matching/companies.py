"""Name-shaped words with their company for a batch of texts, as Arrow lists."""

from functools import lru_cache
from typing import Any, Final

import numpy as np

from matching.arrow import ArrowArray, company_lists, string_lists
from matching.company import companies
from matching.links import without_links
from matching.phrases import type_of_name
from matching.texts import Batch
from matching.traits import Surroundings, shape

_MAX_TEXT: Final = 20_000
"""Characters; names are looked for in abstracts, not in whole papers."""


def find_companies(texts: ArrowArray) -> ArrowArray:
    """Return, for each text, its name-shaped words and what stands around each of them.

    Args:
        texts: n strings; a null counts as empty.

    Returns:
        n lists of COMPANY structs in text order, with offsets in code points.
    """
    columns = _Columns()
    counts = [0]
    for batch in Batch.parts(texts):
        for text in batch.strings():
            if len(text) <= _MAX_TEXT:
                _read(text, columns)
            counts.append(len(columns.starts))
    return company_lists(columns.in_order(), np.array(counts, dtype=np.int32))


class _Columns:
    """The fields of COMPANY, a list each."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sentence_starts: list[int] = []
        self.sentence_ends: list[int] = []
        self.names: list[str] = []
        self.cues: list[tuple[str, ...]] = []
        self.neighbours: list[tuple[str, ...]] = []
        self.traits: list[tuple[str, ...]] = []

    def in_order(self) -> list[Any]:
        """Return them in the order of the fields."""
        return [
            self.starts,
            self.ends,
            self.sentence_starts,
            self.sentence_ends,
            self.names,
            *map(string_lists, (self.cues, self.neighbours, self.traits)),
        ]


def _read(text: str, columns: _Columns) -> None:
    """Add the name-shaped words of a text to the columns."""
    surroundings = Surroundings(text)
    begin = finish = 0
    for start, end, name, cues, neighbours in companies(without_links(text)):
        if start >= finish:
            # the sentence around it, for a reader: by full stops alone
            begin = text.rfind(". ", 0, start)
            begin = begin + 2 if begin >= 0 else 0
            finish = text.find(". ", end)
            finish = finish + 1 if finish >= 0 else len(text)
        ending, shown = _shown(name)
        columns.starts.append(start)
        columns.ends.append(end)
        columns.sentence_starts.append(begin)
        columns.sentence_ends.append(finish)
        columns.names.append(name)
        columns.cues.append(cues + ending)
        columns.neighbours.append(neighbours)
        columns.traits.append((*surroundings.traits(start, end), *shown))


@lru_cache(maxsize=100_000)
def _shown(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a name shows by itself: a cue and traits."""
    kind = type_of_name(name)
    return (f"ending_{kind}",) if kind else (), shape(name)
