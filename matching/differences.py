"""In which texts two vocabularies can find different mentions.

What is found in a text depends on the patterns that stand in it and on what they stand for. So a
text that holds none of the patterns in which two vocabularies differ has the same mentions in both.
"""

from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.arrow import ArrowArray, joined_texts
from matching.scanner import Scanner
from matching.vocabulary import URL_MARKS, Vocabulary

_MARKS: Final = len(URL_MARKS)

Entry = tuple[int, bytes, bool, bool, bool, bool, str]


class Differences:
    """The patterns in which two vocabularies differ, as an automaton of their own."""

    def __init__(self, old: Vocabulary, new: Vocabulary) -> None:
        """Compare."""
        before, after = _entries(old), _entries(new)
        self._patterns = sorted(
            pattern
            for pattern in before.keys() | after.keys()
            if before.get(pattern) != after.get(pattern)
        )
        self._is_everywhere = old.cues != new.cues

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner(self._patterns)

    def may_show(self, texts: ArrowArray) -> NDArray[np.bool_]:
        """Return for each text whether the two vocabularies may find different mentions in it."""
        if self._is_everywhere:
            return np.ones(len(texts), dtype=np.bool_)
        shown = np.zeros(len(texts), dtype=np.bool_)
        if self._patterns:
            text, offsets = joined_texts(texts)
            _, starts, _ = self._scanner.find(text, offsets[:-1])
            shown[np.searchsorted(offsets[1:], starts, side="right")] = True
        return shown


def _entries(vocabulary: Vocabulary) -> dict[bytes, list[Entry]]:
    """Return what each pattern stands for."""
    bounds = vocabulary.entry_starts.tolist()
    entries: list[Entry] = list(
        zip(
            vocabulary.entry_alias_ids.tolist(),
            vocabulary.entry_exact,
            vocabulary.entry_is_variant.tolist(),
            vocabulary.entry_takes_version.tolist(),
            vocabulary.entry_is_event.tolist(),
            vocabulary.entry_needs_cue.tolist(),
            vocabulary.entry_types,
            strict=True,
        )
    )
    return {
        pattern: entries[bounds[at] : bounds[at + 1]]
        for at, pattern in enumerate(vocabulary.patterns)
        if at >= _MARKS
    }
