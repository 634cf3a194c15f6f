"""What looks like a name, and where a name stands in a text."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from matching.borders import MODIFIER_ENDINGS
from matching.languages import LANGUAGES
from matching.phrases import GENERIC_WORDS, type_of_phrase
from matching.shapes import SHAPED_RUNS

OPENING_QUOTES: Final = "\"'\u201c\u2018`"
CLOSING_QUOTES: Final = "\"'\u201d\u2019`"
MARKUP: Final = "\"'\u201c\u201d\u2018\u2019`*{}\\ "
"""What may stand around a name and is no part of it."""

WORD: Final = r"[^\W\d_][\w]*(?:[-+.&'][\w]+|(?<=[^\W\d_]{2})\$\^(?:\w|\{\w{1,3}\})\$-?\w*)*\+*"
"""A word of a name; "ChartM$^3$" and "Mu$^2$SLAM" are one."""
OPENING: Final = rf"[{OPENING_QUOTES}*(\[{{]*(?:\\(?:textbf|textit|emph|texttt|textsc|textsf)\{{)?"
CAPITAL_WORD: Final = r"(?=[A-Z]|[a-z]+[A-Z])\w[\w-]*"

_SMALL_WORDS: Final = "of for with and the to in on by from a an via using"
SMALL_WORDS: Final = frozenset(_SMALL_WORDS.split())

_NO_NAMES: Final = GENERIC_WORDS | LANGUAGES
_MAX_WORDS: Final = 5
_MAX_CHARACTERS: Final = 100
_WORD = re.compile(WORD)
_WORDS = re.compile(rf"{WORD}(?:\s+{WORD})*")
_QUOTED = re.compile(rf"[a-z][\w-]{{2,20}}(?=,?[{CLOSING_QUOTES}])")
_FOLLOWING = re.compile(r"\s?([a-z][\w-]*)")
_RUN = re.compile(r"[\w.&'+\x80-\U0010ffff-]+")

_SHAPED = re.compile(r"(?:\A|[\s-])(?:[^\s-]+[A-Z]|[A-Z][^\s-]*[0-9])")
"""What `is_shaped` says of names in ASCII."""

_PREFIXED = re.compile(r"[a-z]{3,}-[A-Z]")
"""How a word of the language with another begins: "human-AI", "multi-LLM"."""
_MODIFIERS: Final = (
    "accelerated agnostic annotated backed constrained controlled dependent efficient equivariant "
    "friendly grounded induced informed infused invariant native optimal ready regularized wise"
)
_ENDINGS: Final = (*(end.decode() for end in sorted(MODIFIER_ENDINGS)), *_MODIFIERS.split())
_MODIFIER_END = re.compile(rf"-(?:{'|'.join(_ENDINGS)})\Z")
"""Second halves of what only describes the noun behind it: "Transformer-based", "AI-driven"."""
_INDEFINITE = re.compile(r"(?:\A|[\s(])[Aa]n?\s(?:[\w-]+,?\s){0,4}\Z")
_NOUN_FOLLOWS = re.compile(r"\s([a-z][\w-]*)")
_CUT = re.compile(r"\$?\^|\$|[\u2013\u2014]\w|--\w|-\s?/|/-|-\s[a-z]")
"""What goes on behind a part of a name: "Mu$^2$SLAM", "Blink\u2013Think\u2013Link"."""
_BEFORE_NAME: Final = 60
"""Characters before a name in which an article that belongs to it stands."""

_VERB_AFTER = re.compile(
    r"(?:is|was|has|can|to|for|that|which|and|as|with|in|by|on|a|an|the|achiev|outperform|\w+s\Z)"
)


def singular(short: str) -> str:
    """Return an abbreviation without its plural s: CNNs, GPTs."""
    return short[:-1] if short.endswith("s") and short[:-1].isupper() else short


@lru_cache(maxsize=20_000)
def is_shaped(name: str) -> bool:
    """Whether it looks like a name wherever it stands: inner capitals, or a capital and a digit."""
    if name.isascii():
        return bool(_SHAPED.search(name))
    return any(
        any(char.isupper() for char in word[1:])
        or (word[0].isupper() and any(char.isdigit() for char in word))
        for word in re.split(r"[\s-]", name)
        if word
    )


def is_shaped_or_capital(word: str) -> bool:
    """Whether it may be a word of a name: shaped, or begun with a capital."""
    return word[:1].isupper() or is_shaped(word)


@lru_cache(maxsize=20_000)
def is_name(name: str, *, is_certain: bool) -> bool:
    """Whether it may name something.

    Args:
        name: one word or several.
        is_certain: whether its place shows that it is a name, so that capitals are enough.
    """
    words = name.split()
    if not words or len(words) > _MAX_WORDS or not 2 <= len(name) <= _MAX_CHARACTERS:
        return False
    if not _WORDS.fullmatch(name) or _is_generic(words) or _MODIFIER_END.search(name):
        return False
    if len(words) == 1 and is_shaped(name):
        return not _PREFIXED.match(name)
    return is_certain and all(is_shaped_or_capital(word) for word in words)


def shaped_words(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer` finds in runs of characters that may hold a shaped name.

    Args:
        text: the text.
        pattern: matches words with an ASCII capital, of the characters of a run only.
    """
    for start in SHAPED_RUNS.places(text):
        run = _RUN.match(text, start)
        whole = pattern.fullmatch(text, start, run.end()) if run else None
        if whole:
            yield whole
        elif run:
            yield from pattern.finditer(text, start, run.end())


def _is_generic(words: list[str]) -> bool:
    if len(words) == 1:
        word = words[0].lower()
        return (
            word in GENERIC_WORDS or word in SMALL_WORDS or singular(words[0]).lower() in _NO_NAMES
        )
    return all(word.lower() in GENERIC_WORDS or word.lower() in SMALL_WORDS for word in words)


def name_at(text: str, start: int, pairs: Mapping[str, str]) -> str | None:
    """Return the run of capitalised or name-shaped words that begins here, without its noun.

    Args:
        text: the text.
        start: where the name would begin.
        pairs: short form to long form; a long form that begins here gives its short form.
    """
    for short, long in pairs.items():
        if text.startswith(long, start):
            return short
    words = _words_at(text, start)
    if not words:
        quoted = _QUOTED.match(text, start)
        is_quoted = quoted and start > 0 and text[start - 1] in OPENING_QUOTES
        return quoted.group() if quoted and is_quoted else None
    name = " ".join(words)
    end = start + len(name)
    if _CUT.match(text, end):
        return None
    if len(words) == 1 and _describes(text, start, end):
        return None
    return singular(name) if is_name(name, is_certain=True) else None


def may_begin_name(text: str, start: int, pairs: Mapping[str, str]) -> bool:
    """Whether `name_at` may find a name at a place; it finds none where this says no."""
    word = _WORD.match(text, start)
    return (
        bool(word and is_shaped_or_capital(word.group()))
        or text[max(0, start - 1) : start] in OPENING_QUOTES
        or any(text.startswith(long, start) for long in pairs.values())
    )


def _words_at(text: str, start: int) -> list[str]:
    words: list[str] = []
    position = start
    while len(words) <= _MAX_WORDS:
        match = _WORD.match(text, position)
        if not match or not is_shaped_or_capital(match.group()):
            break
        words.append(match.group())
        position = match.end()
        if text[position : position + 1] != " ":
            break
        position += 1
    shed: list[str] = []
    while len(words) > 1 and words[-1].lower() in GENERIC_WORDS:
        shed.append(words.pop())
    is_cut = len(words) == 1 and not is_shaped(words[0])
    # "Reinforcement Learning" is no Reinforcement, but the "Locator Model" is called Locator
    return [] if is_cut and any(not type_of_phrase(word) for word in shed) else words


def _describes(text: str, start: int, end: int) -> bool:
    """Whether one word only describes the noun behind: "a Fisher mask", "a Riemannian model"."""
    name = text[start:end]
    if is_shaped(name):
        return not name[0].isupper() and _is_modifier(text, end)
    if _is_modifier(text, end):
        return True
    follows = _NOUN_FOLLOWS.match(text, end) if name.isalpha() else None
    return bool(
        follows
        and type_of_phrase(follows.group(1))
        and _INDEFINITE.search(text[max(0, start - _BEFORE_NAME) : start])
    )


def _is_modifier(text: str, end: int) -> bool:
    """Whether a noun that shows no type follows: "a Fisher mask"."""
    follows = _FOLLOWING.match(text, end)
    return bool(
        follows and not type_of_phrase(follows.group(1)) and not _VERB_AFTER.match(follows.group(1))
    )


def spans_of(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands in a text as a whole word; nothing for an empty name."""
    start = text.find(name) if name else -1
    while start >= 0:
        end = start + len(name)
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if not (before.isalnum() or before == "-" or after.isalnum() or after == "-"):
            yield start, end
        start = text.find(name, end)
