"""Texts that know where their triggers stand.

A rule looks at the few places of a text where it may hold: behind a certain word, at a capital.
Those places are found for a whole batch at once, in one pass over its bytes for all words and a
few in numpy for shapes, and each text then tells its own. Rules take a plain string as well.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import Final

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

from matching.arrow import ArrowArray, Positions, joined_texts
from matching.spans import CharacterOffsets

_PART: Final = 256


class Trigger(ABC):
    """Something that stands at places of a text."""

    def places(self, text: str) -> list[int]:
        """Return where it stands in a text, in text order."""
        return as_text(text).places(self)

    @abstractmethod
    def find(self, batch: "Batch") -> Positions:
        """Return where it stands in a batch, in bytes, each place once, in order."""


class Words(Trigger):
    """Strings, found wherever they stand in a text, inside of words too."""

    listed: Final[list["Words"]] = []
    """All that there are; they are looked for together."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the strings."""
        self.words = tuple(dict.fromkeys(words))
        self.listed.append(self)

    def find(self, batch: "Batch") -> Positions:
        """Return where each of the strings begins."""
        return batch.words_found[self]


class Shapes(Trigger):
    """Places that show by their letters, as a function finds them in a batch."""

    def __init__(self, find: "Callable[[Batch], Positions]") -> None:
        """Take the function."""
        self._find = find

    def find(self, batch: "Batch") -> Positions:
        """Return what the function finds."""
        return self._find(batch)


class Text(str):
    """A text of a batch; a plain string in everything but that its places are known."""

    __slots__ = ("_batch", "_row")
    _batch: "Batch"
    _row: int

    @staticmethod
    def of(batch: "Batch", row: int, string: bytes) -> "Text":
        """Return a row of a batch."""
        text = Text(string, "utf-8")
        text._batch, text._row = batch, row
        return text

    def places(self, trigger: Trigger) -> list[int]:
        """Return where a trigger stands in this text."""
        return self._batch.places(trigger, self._row)


class Batch:
    """Texts end to end: row `i` is `text[starts[i]:ends[i]]`."""

    def __init__(self, text: bytes, offsets: Positions) -> None:
        """Take the bytes, and where each text begins and the last one ends."""
        self.text = text
        self.starts, self.ends = offsets[:-1], offsets[1:]
        self.data: NDArray[np.uint8] = np.frombuffer(text, dtype=np.uint8)
        self._offsets = offsets
        self._places: dict[Trigger, tuple[list[int], list[int]]] = {}

    @staticmethod
    def of(texts: ArrowArray) -> "Batch":
        """Return n strings, a null as an empty one."""
        return Batch(*joined_texts(texts))

    @staticmethod
    def parts(texts: ArrowArray) -> "Iterator[Batch]":
        """Yield n strings in batches that stay in a processor's cache."""
        for start in range(0, len(texts), _PART):
            yield Batch.of(texts.slice(start, _PART))

    def strings(self) -> Iterator[Text]:
        """Yield the texts; they hold the batch, and not the batch them."""
        for row, (start, end) in enumerate(pairwise(self._offsets.tolist())):
            yield Text.of(self, row, self.text[start:end])

    @cached_property
    def characters(self) -> CharacterOffsets:
        """Bytes of the batch as characters of their rows."""
        return CharacterOffsets(self.data, self.starts)

    def places(self, trigger: Trigger, row: int) -> list[int]:
        """Return where a trigger stands in a row, in characters."""
        known = self._places.get(trigger)
        if known is None:
            known = self._places[trigger] = self._in_rows(trigger.find(self))
        places, bounds = known
        return places[bounds[row] : bounds[row + 1]]

    def _in_rows(self, places: Positions) -> tuple[list[int], list[int]]:
        bounds = np.searchsorted(places, self._offsets)
        rows = np.repeat(np.arange(self.starts.size), np.diff(bounds))
        return self.characters.of(places, rows).tolist(), bounds.tolist()

    @cached_property
    def words_found(self) -> dict[Words, Positions]:
        """Where the strings of each of the listed triggers begin."""
        automaton, takes = _automaton(len(Words.listed))
        hits = automaton.find_matches_as_indexes(self.text, overlapping=True)
        flat = np.fromiter(chain.from_iterable(hits), dtype=np.int64, count=3 * len(hits))
        numbers, starts, ends = flat[0::3], flat[1::3], flat[2::3]
        in_row = ends <= self.ends[np.searchsorted(self.ends, starts, side="right")]
        numbers, starts = numbers[in_row], starts[in_row]
        order = np.argsort(starts, kind="stable")
        numbers, starts = numbers[order], starts[order]
        found: dict[Words, Positions] = {}
        for words, taken in zip(Words.listed, takes, strict=True):
            places = starts[taken[numbers]]
            found[words] = places[np.diff(places, prepend=-1) > 0]
        return found


@lru_cache(maxsize=1)
def _automaton(count: int) -> tuple[ahocorasick_rs.BytesAhoCorasick, list[NDArray[np.bool_]]]:
    """Return the automaton of all words, and for each trigger which of its strings are its own."""
    listed = [words.words for words in Words.listed[:count]]
    strings = sorted(set(chain.from_iterable(listed)))
    takes = [np.isin(strings, words) for words in listed]
    automaton = ahocorasick_rs.BytesAhoCorasick(
        [string.encode() for string in strings],
        implementation=ahocorasick_rs.Implementation.DFA,  # few strings: it stays in cache
    )
    return automaton, takes


def as_text(string: str) -> Text:
    """Return a string as a text of a batch, of its own where it has none."""
    if isinstance(string, Text):
        return string
    data = string.encode()
    return next(Batch(data, np.array([0, len(data)])).strings())
