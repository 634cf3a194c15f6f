"""Clauses that end before a name and say nothing of it: "On standard benchmarks, X wins"."""

from typing import Final

_BORDERS: Final = ".,;:!?"
_LONGEST: Final = 200
_OPENING_WORDS: Final = (
    "on in with unlike compared across for among from using by as while when although though given "
    "building built based under through without despite beyond over to at after before during "
    "since because if unless whereas like besides beside alongside within via including against "
    "toward towards between following combined together inspired motivated trained tested "
    "evaluated applied where"
)
_OPENERS: Final = frozenset(_OPENING_WORDS.split())


def is_after_clause(text: str, start: int, end: int) -> bool:
    """Whether a comma parts a name from a clause that leads to it, whose noun is not its own.

    "We propose a new model, X" is none; "on two benchmarks, X and Y," is none either, since the
    name does not go on with a verb.

    Args:
        text: the text.
        start: where the name begins.
        end: where it ends.
    """
    is_parted = text.startswith(" ", end) and text.endswith(", ", 0, start)
    return is_parted and begins_clause(text, start - 2)


def begins_clause(text: str, end: int) -> bool:
    """Whether what stands between the last sign and this place begins as such a clause."""
    low = max(0, end - _LONGEST)
    begins = max(text.rfind(sign, low, end) for sign in _BORDERS) + 1
    opener = text[begins : begins + 12].split()
    return bool(opener) and opener[0].lower() in _OPENERS
