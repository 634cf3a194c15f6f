"""Lists of names after a plural noun: "two new datasets, X and Y"."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from matching.names import OPENING, WORD
from matching.texts import Words
from matching.triggers import choice, in_either_case, matches_at

_PROPOSING_STEMS: Final = (
    "propos introduc present releas develop design construct build devis contribut creat offer "
    "describ formulat establish unveil curat publish open-sourc provid put"
)
PROPOSING_STEMS: Final = tuple(_PROPOSING_STEMS.split())
PROPOSING: Final = rf"{choice(PROPOSING_STEMS)}(?:e|es|ed|ing|s)?(?:\s+forward)?"
_NEW_WORDS: Final = "new novel our proposed first simple large-scale challenging"
NEW_WORDS: Final = in_either_case(_NEW_WORDS.split())

_PLURALS: Final = (
    r"datasets benchmarks corpora test\s+sets challenge\s+sets models networks frameworks methods "
    r"approaches algorithms metrics measures scores architectures strategies techniques pipelines "
    r"paradigms systems modules variants versions subsets"
)
_NOUNS: Final = tuple(_PLURALS.split())
_LEADS: Final = (*NEW_WORDS, *in_either_case(("two", "three")), "2", "3")
_LEADING = Words(_LEADS)
_NOUN_ENDS = Words(noun.rsplit("+", 1)[-1] + sign for noun in _NOUNS for sign in ",:")
"""The nouns, the last word of two, as they stand before a list."""

_LIST = re.compile(
    rf"\b{choice(_LEADS)}\s(?:[^\s.]+\s){{0,6}}?(?P<noun>{choice(_NOUNS)})[:,]\s*"
    rf"(?P<list>{OPENING}[A-Z][\w-]*[^.;:]{{0,60}}?\band\s{OPENING}[A-Z][\w\s-]*)"
)
_ITEM = re.compile(rf"(?:\A|,\s(?:and\s)?|\band\s){OPENING}(?P<name>{WORD})")
_OWN = re.compile(rf"\b(?:[Nn]ew|[Nn]ovel|[Oo]ur|[Pp]roposed|[Ww]e\s(?:\w+\s)?{PROPOSING})\s")
_LOOK_BACK: Final = 20
"""Characters before the list in which "we release" makes it the paper's own."""


@dataclass(frozen=True, slots=True)
class ListedName:
    """Where a listed name begins, the noun before its list, and whether the paper says "new"."""

    start: int
    noun: str
    is_own: bool


@lru_cache(maxsize=2)
def names_in_lists(text: str) -> tuple[ListedName, ...]:
    """Return what begins like a name in every list that a plural noun leads."""
    if not _NOUN_ENDS.places(text):
        return ()
    return tuple(
        ListedName(match.start("list") + item.start("name"), match.group("noun"), _is_own(match))
        for match in matches_at(_LIST, text, _LEADING.places(text))
        for item in _ITEM.finditer(match.group("list"))
    )


def _is_own(match: re.Match[str]) -> bool:
    first = match.start("list")
    return bool(_OWN.search(match.string[max(0, match.start() - _LOOK_BACK) : first]))
