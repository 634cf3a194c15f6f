"""Spellings that follow from one alias by rule."""

import re
from itertools import product
from typing import Final

MAX_VARIANTS: Final = 32
_PIECE = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|[^\w\s-]+|[\s_-]+")
_WORDS_OF_ONE_LETTER: Final = ("A", "I", "a")
_SEPARATOR = re.compile(r"[\s_-]+")


def spelling_variants(alias: str) -> list[str]:
    """Return the alias and its separator variants, the alias first.

    Between two words a space and a hyphen stand for each other ("chain of thought").
    Between letters and a number the separator may also be missing ("GPT4", "GPT 4"),
    or be added where two letters or more come first ("GSM-8K"), but never the other
    way round: what follows a number stays attached to it ("4o", "8K"). "A-GEM" is never
    "A GEM".
    """
    pieces = _PIECE.findall(alias)
    parts: list[tuple[str, ...]] = []
    for index, piece in enumerate(pieces):
        before = pieces[index - 1] if index else ""
        is_article = piece == "-" and index == 1 and pieces[0] in _WORDS_OF_ONE_LETTER
        if is_article or (_SEPARATOR.fullmatch(piece) and index in (0, len(pieces) - 1)):
            parts.append((piece,))
        elif _SEPARATOR.fullmatch(piece):
            after = pieces[index + 1] if index + 1 < len(pieces) else ""
            joins = (piece, " ", "-")
            if before.isalpha() and after[:1].isdigit():
                joins = (*joins, "")
            parts.append(tuple(dict.fromkeys(joins)))
        elif piece[0].isdigit() and before.isalpha() and len(before) > 1:
            parts.append((piece, f"-{piece}", f" {piece}"))
        else:
            parts.append((piece,))
    count = 1
    for choices in parts:
        count *= len(choices)
    if count > MAX_VARIANTS:
        return [alias]
    return list(dict.fromkeys([alias, *("".join(choice) for choice in product(*parts))]))
