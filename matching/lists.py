"""Lists of names after a plural noun: "two new datasets, X and Y"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from matching.names import OPENING, WORD

PROPOSING: Final = (
    r"(?:propos|introduc|present|releas|develop|design|construct|build|devis|contribut|creat|offer"
    r"|describ|formulat|establish|unveil|curat|publish|open-sourc|provid|put)(?:e|es|ed|ing|s)?"
    r"(?:\s+forward)?"
)
_NOUN: Final = (
    r"(?:datasets|benchmarks|corpora|test\s+sets|challenge\s+sets|models|networks|frameworks"
    r"|methods|approaches|algorithms|metrics|measures|scores|architectures|strategies|techniques"
    r"|pipelines|paradigms|systems|modules|variants|versions|subsets)"
)
_LEAD: Final = (
    r"(?:[Nn]ew|[Nn]ovel|[Oo]ur|[Pp]roposed|[Ff]irst|[Ss]imple|[Ll]arge-scale|[Cc]hallenging"
    r"|[Tt]wo|[Tt]hree|2|3)"
)
_LIST = re.compile(
    rf"\b{_LEAD}\s(?:[^\s.]+\s){{0,6}}?(?P<noun>{_NOUN})[:,]\s*"
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


def names_in_lists(text: str) -> Iterator[ListedName]:
    """Yield what begins like a name in every list that a plural noun leads."""
    for match in _LIST.finditer(text):
        first = match.start("list")
        is_own = bool(_OWN.search(text[max(0, match.start() - _LOOK_BACK) : first]))
        for item in _ITEM.finditer(match.group("list")):
            yield ListedName(first + item.start("name"), match.group("noun"), is_own)
