"""Names that only their noun shows: "the Opinion Spam corpus", "an alignment rate of 8%"."""

import re
from collections.abc import Iterator
from typing import Final

from matching.languages import LANGUAGES
from matching.names import is_name
from matching.phrases import GENERIC_WORDS
from matching.texts import Words

_CAPITAL: Final = r"[A-Z][\w'-]*"
_NAMED_DATA = re.compile(
    rf"\b(?:[Tt]he|[Oo]n|[Ii]n|[Ff]rom|using|of)\s(?:the\s)?"
    rf"(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{0,4}})"
    r"(?:\s(?!train|pretrain|pre-train|eval|test|instruct|valid|fine|tun)[a-z]+){0,2}?"
    r"\s(?:dataset|data\sset|corpus|treebank)\b"
)
_CLASSES: Final = "ad ai ar ct cv eu gt id ir kg lm mc ml mr mt nl pd qa rl sr tv ui uk us vr xr"
_SHORT_CLASSES: Final = frozenset(_CLASSES.split())
"""Two letters before "dataset" that say what is in it, not what it is called."""

_DATA_NOUNS = Words((" dataset", " data set", " corpus", " treebank"))
_BEFORE_DATA: Final = 80
_LONGEST_NOUN: Final = len(" treebank ")
_MODIFIER = re.compile(r"-[a-z]{3,}\Z|[a-z](?:ing|ion|sis|ment|ity)\Z")
"""Ends of what is no name: "GPT-annotated", "Entity Linking"."""

_TASK = re.compile(
    r"(?<![\w-])[A-Z][A-Za-z]+(?:-[A-Z][A-Za-z]+)*[- ]?(?:'|20)\d\d,?"
    r"\s(?:[Ss]hared\s)?Task[- ]?\d{1,2}[A-Z]?\b"
    r"|(?<![\w-])[A-Z][\w-]+\sShared\sTask\s20\d\d\b"
)
_TASKS: Final = "Task"

_NAMED_MEASURES = re.compile(
    r"(?<=[a-z]\s)(?P<names>[A-Z][a-z]+(?:,\s[A-Z][a-z]+){0,4},?\sand\s[A-Z][a-z]+)"
    r"\s(?:measures|metrics)\b"
)
_MEASURE_NOUNS = Words((" measures", " metrics"))
_BETWEEN_NAMES = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_MEASURED = re.compile(
    r"\b(?P<name>[a-z][a-z-]+(?:\s[a-z][a-z-]+){0,2}\srate)\sof\s"
    r"(?:[a-z]+\s){0,2}[~<>]?\d[\d.,]*\s?\\?%"
)
_RATE: Final = " rate of "
_BEFORE_RATE: Final = 60
_AFTER_RATE: Final = 50
_SETTINGS: Final = (
    "learning sampling frame refresh bit data growth dropout mask masking masked interest "
    "inflation heart mutation pruning sparsity discount decay and or of the a an "
    "with at to in its their"
)
_NO_MEASURES: Final = frozenset(_SETTINGS.split())
_PRAISING: Final = (
    "average mean overall total final median maximum minimum high higher highest low lower lowest "
    "best better new notable impressive perfect competitive significant significantly strong "
    "robust state-of-the-art record extremely very good remarkable estimated only just"
)
_PRAISE: Final = frozenset(_PRAISING.split())
_NO_NAMES: Final = LANGUAGES | GENERIC_WORDS


def named_data(text: str) -> Iterator[str]:
    """Yield phrases in capitals before a singular noun of data, without languages in front."""
    for noun in _DATA_NOUNS.places(text):
        low, high = max(0, noun - _BEFORE_DATA), min(len(text), noun + _LONGEST_NOUN)
        if not any(word[0].isupper() for word in text[low:noun].split()[-3:]):
            continue
        for match in _NAMED_DATA.finditer(text, low, high):
            words = match.group("name").split()
            while words and words[0].lower() in _NO_NAMES:
                words.pop(0)
            name = " ".join(words)
            if (
                name.lower() not in _SHORT_CLASSES
                and is_name(name, is_certain=True)
                and not _MODIFIER.search(name)
            ):
                yield name


def named_tasks(text: str) -> Iterator[str]:
    """Yield shared tasks by year and number, whose data it is: "SemEval-2020 Task 5"."""
    if _TASKS in text:
        for match in _TASK.finditer(text):
            yield match.group()


def named_measures(text: str) -> Iterator[str]:
    """Yield names in capitals before "measures", and rates that are given in percent."""
    for noun in _MEASURE_NOUNS.places(text):
        low = max(0, noun - _BEFORE_DATA)
        if not text[text.rfind(" ", 0, noun) + 1].isupper():
            continue
        for match in _NAMED_MEASURES.finditer(text, low, noun + len(" measures ")):
            names = _BETWEEN_NAMES.split(match.group("names"))
            if not {name.lower() for name in names} & _NO_NAMES:
                yield from names
    place = text.find(_RATE)
    while place >= 0:
        low, high = max(0, place - _BEFORE_RATE), place + _AFTER_RATE
        for match in _MEASURED.finditer(text, low, high):
            words = match.group("name").split()
            while words and words[0] in _PRAISE:
                words.pop(0)
            if len(words) > 1 and not _NO_MEASURES & set(words):
                yield " ".join(words)
        place = text.find(_RATE, place + 1)
