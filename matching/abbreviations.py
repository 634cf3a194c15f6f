"""Short forms and the long forms that a paper gives for them.

"Long form (SF)" is read by the algorithm of A. S. Schwartz and M. A. Hearst (2003), A simple
algorithm for identifying abbreviation definitions in biomedical text, Pacific Symposium on
Biocomputing 8, 451-462. "SF (long form)", "SF, short for ..." and a subtitle that spells the
name before the colon must spell the short form mostly by the beginnings of words.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from matching.names import (
    CLOSING_QUOTES,
    MARKUP,
    SMALL_WORDS,
    WORD,
    is_name,
    is_shaped,
    is_shaped_or_capital,
    singular,
)
from matching.titles import bare, title_opening
from matching.triggers import matches_at

_BRACKETED = re.compile(r"\(\s*([A-Za-z][^\s()]{1,14})\s*(?:[;,][^()]*)?\)")
_LONG_IN_BRACKETS = re.compile(r"\((?P<long>[A-Za-z][\w\s-]{8,100})\)")
_SHORT_FIRST = re.compile(rf"(?P<short>[A-Za-z][\w-]{{1,14}})\s{_LONG_IN_BRACKETS.pattern}")
_SHORT_BACKWARDS = re.compile(r"[\w-]{2,15}")
_SHORT_FOR = re.compile(r"\bshort\s+for\s+(?P<long>[^.,;()]{5,100})")
_BEFORE_SHORT_FOR = re.compile(rf"(?P<short>{WORD}),?\s+(?:is\s+)?\Z")
_CLAUSE_END_BACKWARDS = re.compile(r"\s[.;:!?]|[()]")
_LETTERS = re.compile(r"[^\W_]+")
_HEAD_NOUN = re.compile(r"\s(?:dataset|benchmark|corpus|framework|method|approach|algorithm)\Z")
_LOOK_BACK: Final = 500
"""Characters before a bracket in which its long form must begin."""


def abbreviation_pairs(title: str, abstract: str) -> dict[str, str]:
    """Return short form to long form, of brackets either way round and of "short for"."""
    pairs: dict[str, str] = {}
    for text in (abstract, title):
        for short, long in chain(abbreviations(text), _short_forms_first(text)):
            pairs.setdefault(short, long)
    for short, long in _short_fors(abstract):
        pairs.setdefault(short, long)
    return pairs


def abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Yield (short form, long form) for every "long form (SF)" in the text."""
    for match in _BRACKETED.finditer(text) if "(" in text else ():
        short = singular(match.group(1))
        if sum(char.isupper() for char in short) < 2 and not any(c.isdigit() for c in short):
            continue
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        clause_end = _CLAUSE_END_BACKWARDS.search(before[::-1])
        clause = before[len(before) - clause_end.start() :] if clause_end else before
        words = clause.rstrip(f" {CLOSING_QUOTES}*}}").split()
        window = " ".join(words[-min(len(short) + 5, len(short) * 2) :])
        long = _by_initials(short, window) or _long_form(short, window)
        without_noun = _HEAD_NOUN.sub("", long or "")
        long = without_noun if without_noun and spells(short, without_noun) else long
        if long and (len(long.split()) > 1 or "-" in long) and len(long) > len(short) + 2:
            yield short, long


def subtitle_pairs(title: str) -> dict[str, str]:
    """Return the name that opens a title with the beginning of the subtitle that spells it."""
    opening = title_opening(title)
    if not opening:
        return {}
    name, subtitle = bare(opening.opening), opening.subtitle
    if " " in name or not is_shaped_or_capital(name):
        return {}
    if any(spells(part, subtitle) for part in (name, *name.split("-")) if len(part) > 2):
        return {name: subtitle}
    return {}


def spells(short: str, long: str) -> bool:
    """Whether a long form spells a name: its letters in order, half of them beginning words."""
    words = _LETTERS.findall(long.lower())
    letters = [char for char in short.lower() if char.isalnum()]
    if len(words) < 2 or len(letters) < 2 or not words[0].startswith(letters[0]):
        return False
    text, place, initials = " " + " ".join(words), 0, 0
    for letter in letters:
        begin = text.find(f" {letter}", place)
        inner = text.find(letter, place + 1)
        if inner < 0:
            return False
        is_near = 0 <= begin <= inner + 12
        initials += is_near
        place = begin + 1 if is_near else inner
    return initials >= max(2, (len(letters) + 1) // 2)


def _short_forms_first(text: str) -> Iterator[tuple[str, str]]:
    for match in matches_at(_SHORT_FIRST, text, _before_brackets(text)):
        short, long = match.group("short"), match.group("long")
        if is_shaped(short) and len(long) > 2 * len(short) and spells(short, long):
            yield short, long


def _before_brackets(text: str) -> Iterator[int]:
    """Yield where a word may begin that has a space and a bracket behind it."""
    bracket = text.find("(")
    while bracket >= 0:
        if text[bracket - 1 : bracket].isspace() and _LONG_IN_BRACKETS.match(text, bracket):
            word = _SHORT_BACKWARDS.match(text[max(0, bracket - 16) : bracket - 1][::-1])
            if word:
                yield from range(bracket - 1 - word.end(), bracket - 2)
        bracket = text.find("(", bracket + 1)


def _short_fors(text: str) -> Iterator[tuple[str, str]]:
    for match in _SHORT_FOR.finditer(text) if "short" in text else ():
        before = _BEFORE_SHORT_FOR.search(text[max(0, match.start() - 60) : match.start()])
        if before:
            short, long = before.group("short"), match.group("long").strip()
            if is_name(short, is_certain=False) or (short[0].isupper() and spells(short, long)):
                yield short, long


def _by_initials(short: str, window: str) -> str | None:
    """Return the end of the window whose words begin with the letters of the short form."""
    letters = [char for char in short.lower() if char.isalnum()]
    index = len(letters) - 1
    for part in _LETTERS.finditer(window[::-1]):
        word = part.group()[::-1].lower()
        if word[0] == letters[index]:
            index -= 1
            if index < 0:
                return window[len(window) - part.end() :].strip(MARKUP)
        elif word not in SMALL_WORDS:
            return None
    return None


def _long_form(short: str, window: str) -> str | None:
    """Return the shortest end of the window that spells the short form (Schwartz and Hearst)."""
    place = len(window)
    folded = window.lower()
    letters = [char for char in short.lower() if char.isalnum()]
    for index in range(len(letters) - 1, -1, -1):
        place = folded.rfind(letters[index], 0, place)
        while index == 0 and place > 0 and window[place - 1].isalnum():
            place = folded.rfind(letters[0], 0, place)
        if place < 0:
            return None
    long = window[place:].strip(MARKUP)
    return long if not long.lower().startswith(short.lower()) else None
