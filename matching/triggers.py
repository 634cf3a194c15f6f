"""Words without which a pattern cannot match, found in one pass each.

A regular expression that begins with a choice of words is tried at every character of a text.
Most texts hold few of the words, so it is tried where they stand, and nowhere else. What it
finds is the same: `tests/matching/test_triggers.py` compares them.
"""

import re
from collections.abc import Iterable, Iterator

import ahocorasick_rs


class Words:
    """Strings, found wherever they stand in a text, inside of words too."""

    def __init__(self, words: Iterable[str]) -> None:
        """Compile the strings."""
        self._automaton = ahocorasick_rs.AhoCorasick(list(dict.fromkeys(words)))

    def places(self, text: str) -> list[int]:
        """Return where each of them begins, in text order."""
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return sorted({start for _, start, _ in hits})


def in_either_case(words: Iterable[str]) -> tuple[str, ...]:
    """Return each word as it is and with a capital."""
    return tuple(dict.fromkeys(form for word in words for form in (word, word.capitalize())))


def choice(words: Iterable[str]) -> str:
    """Return the pattern of one of the words."""
    return f"(?:{'|'.join(words)})"


def matches_at(
    pattern: re.Pattern[str], text: str, places: Iterable[int]
) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer` would, given every place at which a match may begin."""
    end = 0
    for place in places:
        if place >= end and (match := pattern.match(text, place)):
            yield match
            end = match.end()
