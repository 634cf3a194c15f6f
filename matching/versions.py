"""Versions that nobody has listed yet: "GPT-6", "Qwen4-30B", "Claude Opus 6".

A name takes versions where the vocabulary lists one of it: "GPT-4" beside "GPT" shows that a
number behind "GPT" is a version. So no list has to know the next one, and "BERT 2" stays BERT.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from matching.folding import FOLD

_TIERS: Final = (
    rb"(?:opus|sonnet|haiku|pro|ultra|flash(?:[- ]lite)?|lite|nano|mini|turbo|max|plus|omni"
    rb"|thinking|preview|coder|codex|reasoner|math|vl|vision|audio)"
)
_GREEK: Final = rb"(?:alpha|beta|gamma|pi|sigma|omega|" + "|".join("αβγπσωΣΩ").encode() + rb")"
_END: Final = rb"(?![a-z0-9]|\.[0-9])"
_NUMBER: Final = rb"\d{1,2}(?:\.\d{1,2})*[aeilnoprtuv]?s?"
_COUNTED: Final = (
    rb"(?! (?:times|percent|points|layers|tasks|languages|data ?sets|benchmarks|of|out|to|more"
    rb"|or|and [0-9]|different|other|such)\b| ?%)"
)
"""What a number apart does not stand before when it is a version: "beats GPT 3 times"."""

VERSION: Final[Mapping[str, re.Pattern[bytes]]] = {
    "model": re.compile(
        rb"(?:"
        rb"(?:[-_ ]"
        + _TIERS
        + rb")?(?:[-_]?(?:[vrkmo][- ]?)?|(?: [vrkmo]))"
        + _NUMBER
        + _END
        + rb"|"
        rb"(?:[-_ ]" + _TIERS + rb")? " + _NUMBER + _END + _COUNTED + rb"|"
        rb"-\$?\\?" + _GREEK + rb"\$?" + _END + rb")"
        rb"(?:[-_ ]" + _TIERS + _END + rb")*"
    ),
    "dataset": re.compile(rb"(?:[-_ ]?(?:19|20)\d\d|[-_]?\d\d|' ?\d\d)(?!\d|\.\d|[a-z])"),
}
"""What may stand behind a name of each type and be its version or year (folded text)."""

_LISTED: Final = {
    "model": re.compile(
        rb"(?P<name>.*?[a-z])(?:(?:[- ](?:opus|sonnet|haiku))?[- ]?[vkm]?\d{1,2}(?:\.\d{1,2})?"
        rb"|-(?:alpha|beta|pi|sigma))"
    ),
    "dataset": re.compile(rb"(?P<name>.*?[a-z])[- ]?(?:19|20)\d\d"),
}


def versioned_names(spellings: Iterable[tuple[str, str]]) -> frozenset[tuple[str, bytes]]:
    """Return the type and folded spelling of every name of which a version is listed.

    Args:
        spellings: type and spelling of every alias.
    """
    folded = {(kind, spelling.encode().translate(FOLD)) for kind, spelling in spellings}
    named = set[tuple[str, bytes]]()
    for kind, spelling in folded:
        listed = _LISTED[kind].fullmatch(spelling) if kind in _LISTED else None
        if listed:
            named.add((kind, listed.group("name")))
    return frozenset(named & folded)


def is_event(entity_type: str, spelling: bytes, versioned: frozenset[tuple[str, bytes]]) -> bool:
    """Whether a folded spelling names a yearly data set, which is also an event."""
    listed = _LISTED["dataset"].fullmatch(spelling)
    name = listed.group("name") if listed else spelling
    return entity_type == "dataset" and (entity_type, name) in versioned
