"""What a cue of discovery means, in words: after_dataset 4 as "dataset word behind it (4)"."""

import re
from typing import Final

_OF_TYPE: Final = {
    "after": "{} word behind it",
    "near": "in a list with a known {}",
    "beside": "{} word before it",
    "context": "named beside a {} word",
    "defined": "defined as a {}",
    "ending": "ends like a {}",
    "examples": "given as an example of {}s",
}
_ALONE: Final = {
    "based": "“-based” behind it", "bias": "what speaks for the type without any cue",
    "defined_untyped": "defined without a type", "in_list": "stands in a list of names",
    "number_after": "a number behind it", "number_before": "a number before it",
    "number_bracketed": "a number in brackets", "seen": "seen at all",
    "shape_capitals": "in capitals", "shape_mixed": "in mixed case",
    "shape_number": "holds a number", "shape_words": "several words",
    "verb_compared": "compared with", "verb_from": "taken from", "verb_like": "“like”, “such as”",
    "verb_measured": "measured by it", "verb_on": "evaluated or trained on",
    "verb_place": "after in, at, of or for", "verb_proposed": "proposed",
    "verb_tuned": "prompted, queried or tuned",
    "verb_using": "used", "abbreviated": "spelled out",
}  # fmt: skip
_PART: Final = re.compile(r"\s*([a-z_]+) (\d+)\s*")


def cue_words(evidence: str | None) -> str:
    """Return the cues of a name in words, each with the number of papers that show it."""
    parts: list[str] = []
    for part in (evidence or "").split(","):
        found = _PART.fullmatch(part)
        if found:
            parts.append(f"{_words(found[1])} ({found[2]})")
    return ", ".join(parts)


def _words(cue: str) -> str:
    if cue in _ALONE:
        return _ALONE[cue]
    place, _, kind = cue.rpartition("_")
    pattern = _OF_TYPE.get(place)
    return pattern.format(kind) if pattern else cue.replace("_", " ")
