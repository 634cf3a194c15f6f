"""What a name looks like, and what the words around one place of it do.

One paper shows little of a name that only it writes. So more is looked at here than in `company`,
whose cues are counted over many papers: the shape of the name, an article or a number of a list
before it, a verb behind it, capitals that make it a part of a longer name, and for a long form
with its abbreviation what the long form is. `models/intermediate/int_names_weighed.sql` weighs it.
"""

import re
from functools import lru_cache
from typing import Final

from matching.heads import kind_of_head
from matching.languages import LANGUAGES
from matching.names import is_shaped
from matching.phrases import type_of_name
from matching.texts import Words

_VERBS: Final = {
    "acts": (
        "achiev outperform surpass attain reach improv yield exceed beat reduc enabl learn deliver "
        "obtain"
    ),
    "does": "uses using combin integrat leverag employ optimiz generat predict train",
    "holds": "contain cover consist compris includ featur provid offer",
    "measures": "evaluat assess measur",
}
_STEM: Final = 2
_VERBS_BY_START: Final = {
    start: tuple(
        (verb, f"does_{kind}")
        for kind, verbs in _VERBS.items()
        for verb in verbs.split()
        if verb.startswith(start)
    )
    for start in {verb[:_STEM] for verbs in _VERBS.values() for verb in verbs.split()}
}
_LONGEST_VERB: Final = 12
_ARTICLES: Final = {
    "a": "a",
    "an": "a",
    "A": "a",
    "An": "a",
    "the": "the",
    "The": "the",
    "our": "new",
    "Our": "new",
    "novel": "new",
    "new": "new",
    "proposed": "new",
    "called": "new",
    "named": "new",
    "namely": "new",
    "dubbed": "new",
    "termed": "new",
}
_LINKS: Final = frozenset(("of", "with", "and", "for", "to", "via", "in"))
_NUMBER = re.compile(r"\(?[a-z0-9]{1,3}\)\Z")
_PROPOSES = Words(
    (
        " propos",
        " introduc",
        " present",
        " develop",
        " releas",
        " design",
        " creat",
        " construct",
        " describ",
        " build",
        " curat",
    )
)
_WHO = re.compile(r"\b(?:[Ww]e|paper|work|study)\b[^.]{0,40}\Z")
_CLAUSE_END = re.compile(r"[.;:]")
_LINKED_AFTER = re.compile(r"(?:of|for|with|to|via)\s[A-Z]")
_CAPITALS = re.compile(r"[A-Z]{2,5}\Z")
_SIZE = re.compile(r"[-_ ]?\d+(?:\.\d+)?[BM](?:-|\Z)")
_VARIANT = re.compile(r"-(?:[SBLMH]|XX?L|XS|Nano|Tiny|Small|Base|Large|Mini|Flash|Pro|Plus)\Z")
_PART_END = re.compile(r"[\s-]")
_CAMEL = re.compile(r"[a-z][A-Z]")
_PLAIN = re.compile(r"[A-Z][a-z]+\Z")
_DIGIT = re.compile(r"\d")
_SHORT: Final = 3
_LONG_WORD: Final = 3
_NEAR: Final = 32
_BEFORE_VERB: Final = 48


class Surroundings:
    """A text, asked for what stands around places in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._proposing = self._clauses()

    def _clauses(self) -> list[tuple[int, int]]:
        """Return where what somebody proposes is said: from the verb to the end of its clause."""
        text = self._text
        spans: list[tuple[int, int]] = []
        for verb in _PROPOSES.places(text):
            if _WHO.search(text, max(0, verb - _BEFORE_VERB), verb + 1):
                end = _CLAUSE_END.search(text, verb)
                spans.append((verb, end.start() if end else len(text)))
        return spans

    def traits(self, start: int, end: int) -> list[str]:
        """Return what the words around one place of a name show."""
        text = self._text
        shown = _before(text[max(0, start - _NEAR) : start])
        following = text[end : end + _LONGEST_VERB]
        if following[:1] == "-":
            shown.append("cut_after")
        elif following[:1] == " ":
            shown += _after(following[1:])
        for low, high in self._proposing:
            if low < start <= high:
                shown.append("proposing")
                break
        return shown


def _after(after: str) -> list[str]:
    """Return what the word behind a name shows: a verb, or that the name goes on."""
    for verb, shown in _VERBS_BY_START.get(after[:_STEM], ()):
        if after.startswith(verb):
            return [shown]
    if after[:1].isupper() and after[1:2].islower():
        return ["cut_after"]
    return ["linked_after"] if _LINKED_AFTER.match(after) else []


def _before(before: str) -> list[str]:
    """Return what the words before a name show: an article, a number, a name that it goes on."""
    shown = before.rstrip(" \"'(")
    if not shown or (shown[-1] in ".!?" and before[-1].isspace()):
        return ["opens"]
    earlier, _, last = shown.rpartition(" ")
    if not _tells(last):
        return []
    found: list[str] = []
    article = _ARTICLES.get(last)
    if article:
        found.append(f"article_{article}")
        earlier, _, last = earlier.rpartition(" ")
    if last[-1:] == ")":
        found += ["numbered"] if _NUMBER.match(last) else []
    elif last in _LINKS:
        found += ["linked_before"] if earlier[earlier.rfind(" ") + 1 :][:1].isupper() else []
    elif not article and last[:1].isupper() and shown[-1].isalnum() and before == f"{shown} ":
        found.append("cut_before")
    return found


@lru_cache(maxsize=100_000)
def _tells(word: str) -> bool:
    """Whether a word before a name may show anything."""
    return word in _ARTICLES or word in _LINKS or word[-1:] == ")" or word[:1].isupper()


@lru_cache(maxsize=20_000)
def shape(name: str) -> tuple[str, ...]:
    """Return what a name looks like."""
    kind = type_of_name(name)
    found = [f"ending_{kind}"] if kind else []
    words = name.split()
    if not LANGUAGES.isdisjoint(_PART_END.split(name.lower())):
        found.append("language")
    if len(words) > 1:
        found += ["shape_words", f"phrase_{kind_of_head(name)}"]
        found += ["shape_many_words"] if len(words) > 2 else []
        found += ["phrase_hyphen"] if "-" in name else []
        found += (
            ["phrase_shaped"] if any(is_shaped(word.split("-", 1)[0]) for word in words) else []
        )
        return tuple(found)
    if _CAPITALS.match(name):
        found.append("shape_capitals")
    else:
        found.append("shape_number" if _DIGIT.search(name) else "shape_mixed")
    found += ["shape_camel"] if _CAMEL.search(name) else []
    found += ["shape_hyphen"] if "-" in name else []
    found += ["shape_short"] if len(name) <= _SHORT else []
    found += ["shape_size"] if _SIZE.search(name) else []
    found += ["shape_variant"] if _VARIANT.search(name) else []
    found += ["shape_plain"] if _PLAIN.match(name) else []
    return tuple(found)


@lru_cache(maxsize=20_000)
def pair_traits(long: str) -> tuple[str, ...]:
    """Return what a long form shows about what it is short for."""
    found = ["pair", f"head_{kind_of_head(long)}"]
    words = [word for word in re.split(r"[\s-]+", long) if len(word) > _LONG_WORD]
    if words and all(word[:1].isupper() for word in words):
        found.append("long_capitals")
    elif long == long.lower():
        found.append("long_lower")
    if long.endswith("s") and not long.endswith("ss"):
        found.append("long_plural")
    return tuple(found)
