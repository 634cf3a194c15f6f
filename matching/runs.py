"""Names as runs of words with capitals or digits: where a text holds one, and which it is."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from matching.names import WORD
from matching.phrases import GENERIC_WORDS
from matching.shapes import NAME_BEGINS
from matching.triggers import matches_at

_Named = tuple[int, str]
"""Where a name begins in its run of words, and the name."""

_NAME = re.compile(
    rf"(?<![\w@\\/.-])(?=[A-Z]|[a-z]++(?:[A-Z\d]|-[A-Z]))(?:{WORD})(?:\s(?=[A-Z])(?:{WORD}))*"
)
_FIRST = re.compile(r"(?:\A|[.!?:]\s)[\s\"'(]*\Z")
_ENDING = re.compile(r"(.+?)((?:-[a-z]{3,})+)\Z")
_ENDS: Final = frozenset("s'\u2019")
_POSSESSIVE = re.compile(r"['\u2019]s?\Z")
_INNER = re.compile(r"[A-Z0-9]")
_PLURAL = re.compile(r"[A-Z0-9]s\Z")
_MAX_WORDS: Final = 4
_KEPT: Final = 100_000
"""Runs of which is kept what name they are."""


def names_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the name-shaped words of a text begin and end, and what they name."""
    for match in matches_at(_NAME, text, NAME_BEGINS.places(text)):
        first, other = _name_in(match.group())
        start = match.start()
        # a word may be capitalised only because a sentence begins with it
        found = first if first is other or _FIRST.search(text, max(0, start - 4), start) else other
        if found:
            start += found[0]
            yield start, start + len(found[1]), found[1]


@lru_cache(maxsize=_KEPT)
def _name_in(run: str) -> "tuple[_Named | None, _Named | None]":
    """Return the name in a run of words, and its place: where a sentence begins, and elsewhere."""
    words = run.split()
    other = _name_of([*words], is_first=False)
    return (other if _is_shaped(words[0]) else _name_of(words, is_first=True)), other


def _name_of(words: list[str], *, is_first: bool) -> "_Named | None":
    start = 0
    while words and not _is_shaped(words[0]):
        # capitalised only because a sentence or a generic phrase begins with it
        if not is_first and words[0].lower() not in GENERIC_WORDS:
            break
        is_first = False
        start += len(words.pop(0)) + 1
    while words and words[-1].lower() in GENERIC_WORDS:
        words.pop()
    if not words or len(words) > _MAX_WORDS:
        return None
    name = " ".join(words)
    modified = _ENDING.match(name) if "-" in name else None
    name = _without_ending(modified.group(1) if modified else name)
    return (start, name) if len(name) > 1 and not name.isdigit() else None


def _without_ending(name: str) -> str:
    """Return a name without possessive and without the plural s behind a capital or a digit."""
    if name[-1] not in _ENDS:
        return name
    name = _POSSESSIVE.sub("", name)
    return name[:-1] if _PLURAL.search(name) else name


@lru_cache(maxsize=_KEPT)
def _is_shaped(word: str) -> bool:
    if word.isascii():
        return bool(_INNER.search(word, 1))
    return any(char.isupper() or char.isdigit() for char in word[1:])
