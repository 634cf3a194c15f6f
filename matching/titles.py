"""Titles that open with a name: "BERT: Pre-training of ..."."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from matching.names import MARKUP

_OPENING = re.compile(
    r"\s*(?P<name>[^:\s][^:]{0,60}?)\s*(?::|\s[\u2014\u2013-]{1,3}\s)\s*(?P<rest>\S.*)", re.S
)
_SUBTITLE_END = re.compile(r"\s(?:for|via|with|in|through|using|by|on)\s|[:,.]")
_ARTICLES: Final = ("The ", "the ", "A ")


@dataclass(frozen=True, slots=True)
class TitleOpening:
    """What stands before and after the first colon or dash of a title, as written."""

    opening: str
    rest: str

    @property
    def names(self) -> list[str]:
        """What the title opens with: one name, or two that "and" joins."""
        return [bare(part) for part in re.split(r"\s(?:and|&)\s", self.opening)]

    @property
    def subtitle(self) -> str:
        """The rest up to its first preposition or comma."""
        return _SUBTITLE_END.split(self.rest, maxsplit=1)[0].strip()


@lru_cache(maxsize=2)
def title_opening(title: str) -> TitleOpening | None:
    """Return the two sides of a title that has a colon or a dash near its beginning."""
    match = _OPENING.match(title)
    return TitleOpening(match.group("name"), match.group("rest")) if match else None


def bare(name: str) -> str:
    """Return a name without quotes, markup and article around it."""
    name = name.strip(MARKUP)
    for article in _ARTICLES:
        name = name.removeprefix(article)
    return name
