"""Patterns tried only where a word stands without which they cannot match.

A regular expression that begins with a choice of words is tried at every character of a text.
Most texts hold few of the words, so it is tried where they stand, and nowhere else. What it
finds is the same: `tests/matching/test_triggers.py` compares them.
"""

import re
from collections.abc import Iterable, Iterator


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
