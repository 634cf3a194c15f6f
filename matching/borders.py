"""Where a name may begin and end: whole words only, and nothing inside a longer name."""

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.arrow import Positions

Mask = NDArray[np.bool_]

MODIFIER_ENDINGS: Final = frozenset(
    b"adapted aided assisted augmented aware based boosted built centric compatible conditioned "
    b"derived driven empowered enabled enhanced equipped focused free generated guided "
    b"initialized inspired integrated judged level like oriented only powered pretrained "
    b"produced related scale scored specific style supervised trained tuned type variant".split()
)
"""Second halves that make a name a modifier ("CLIP-Based") instead of a longer name."""

MODIFIER_BEGINNINGS: Final = frozenset(
    b"anti base both ex non original plain post pre standard vanilla vs".split()
)
"""First halves that leave the name after them a name of its own ("non-Transformer")."""

SIZE_OR_VARIANT: Final = re.compile(
    rb"(?:[-_ ]\d+(?:\.\d+)?(?:x\d+(?:\.\d+)?)?[bm](?![a-z0-9])"
    rb"|[-_][ae]\d+(?:\.\d+)?b(?![a-z0-9])"
    rb"|[-_](?:base|large|small|tiny|mini|medium|huge|giant|xs|xl|xxl|chat|instruct|it|hf|thinking"
    rb"|uncased|cased|distill|awq|gptq|gguf|int[48]|[mnb]?x?fp?(?:4|8|16)|[48]-?bit"
    rb"|v\d+(?:\.\d+)*|(?:19|20)\d\d-\d\d-\d\d|[01]\d[0-3]\d|2[4-9](?:0[1-9]|1[0-2]))"
    rb"(?![a-z0-9])"
    rb"| (?:xl|xxl)(?![a-z0-9]))+"
)
"""What may follow a model's name and still be part of its surface (folded text)."""

EVENT_AFTER: Final = re.compile(
    rb"[)\]]*(?:'s)? (?:shared tasks|(?:[a-z]+ ){0,2}?(?:tasks?|tracks?|competitions?|workshops?"
    rb"|conferences?|campaigns?|organi[sz]ers|participants|formal runs)\b)"
)
"""What makes the name before it an event and not its data: "the SemEval-2013 tasks"."""

EVENT_BEFORE: Final = re.compile(rb"\bat (?:the )?\Z")
"""What makes the name behind it an event: "Tilde at WMT 2020"."""

YEAR_AT_END: Final = re.compile(rb"(?:(?:19|20)|[a-z' -])\d\d\Z")

SHARED_TASK: Final = re.compile(rb"[)\]]*(?:'s)? (?:[a-z]+ )?shared task\b")
"""What leaves it a name of data, though a word of an event follows."""

_WORD = np.zeros(256, dtype=np.bool_)
_WORD[[*range(48, 58), *range(65, 91), *range(97, 123), ord("_")]] = True
_LETTER_LEAD = np.zeros(256, dtype=np.bool_)
_LETTER_LEAD[0xC3:0xD5] = True  # Latin, Greek, Cyrillic and what marks them
_CONTINUATION = np.zeros(256, dtype=np.bool_)
_CONTINUATION[0x80:0xC0] = True
_DIGIT = np.zeros(256, dtype=np.bool_)
_DIGIT[48:58] = True


def whole_words(
    text: NDArray[np.uint8], starts: Positions, ends: Positions, lows: Positions, highs: Positions
) -> Mask:
    """Return which spans of `text` neither begin nor end inside a word, number or command.

    Args:
        text: UTF-8 bytes of all rows, end to end.
        starts: where each span begins, in bytes.
        ends: where each span ends, exclusive.
        lows: where the row of each span begins.
        highs: where the row of each span ends, exclusive.
    """
    before = _byte_at(text, starts - 1, lows, highs)
    before2 = _byte_at(text, starts - 2, lows, highs)
    after = _byte_at(text, ends, lows, highs)
    after2 = _byte_at(text, ends + 1, lows, highs)
    first = text[starts]
    last = text[ends - 1]

    letter_before = _CONTINUATION[before] & _LETTER_LEAD[before2]
    letter_before &= ~((before2 == 0xC3) & ((before == 0x97) | (before == 0xB7)))
    letter_after = _LETTER_LEAD[after]
    letter_after &= ~((after == 0xC3) & ((after2 == 0x97) | (after2 == 0xB7)))
    subscript_after = (after == ord("_")) & (after2 == ord("{"))

    inside_word = (_WORD[before] | letter_before) & (_WORD[first] | (first >= 0x80))
    inside_word |= (_WORD[after] & ~subscript_after | letter_after) & (_WORD[last] | (last >= 0x80))
    decimal = _DIGIT[last] & (after == ord(".")) & _DIGIT[after2]
    decimal |= _DIGIT[first] & (before == ord(".")) & _DIGIT[before2]
    command = (before == ord("\\")) | (before == ord("@"))
    longer = (after == ord("@")) | ((after == ord("+")) & ~_WORD[after2])
    return ~(inside_word | decimal | command | longer)


def inside_longer_name(
    text: bytes, folded: bytes, start: int, end: int, low: int, high: int
) -> bool:
    """Return whether a hyphen ties the span to something that makes it a longer name.

    "CLIP-based" and "non-Transformer" are names with a modifier; "DA-CLIP", "BERT-CRF" and
    "GPT-5" are other names.
    """
    if end < high and text[end] == 0x2D and end + 1 < high:
        following = re.compile(rb"[A-Za-z0-9]*").match(text, end + 1, high)
        word = following.group() if following else b""
        if word[:1].isdigit() or (word[:1].isupper() and word.lower() not in MODIFIER_ENDINGS):
            return True
    if start > low and text[start - 1] == 0x2D:
        begin = start - 1
        while begin > low and (_WORD[text[begin - 1]] or text[begin - 1] >= 0x80):
            begin -= 1
        word = folded[begin : start - 1]
        return bool(word) and word not in MODIFIER_BEGINNINGS
    return False


def _byte_at(
    text: NDArray[np.uint8], positions: Positions, lows: Positions, highs: Positions
) -> NDArray[np.uint8]:
    """Return the bytes at the positions; 0 outside the row."""
    inside = (positions >= lows) & (positions < highs)
    return np.where(inside, text[np.where(inside, positions, 0)], 0).astype(np.uint8)
