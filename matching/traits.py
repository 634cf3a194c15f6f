"""What a name looks like, and what the words around one place of it do.

One paper shows little of a name that only it writes. So more is looked at here than in `company`,
whose cues are counted over many papers: the shape of the name, an article or a number of a list
before it, a verb behind it, capitals that make it a part of a longer name, and for a long form
with its abbreviation what the long form is. `models/intermediate/int_names_weighed.sql` weighs it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from matching.heads import kind_of_head
from matching.languages import LANGUAGES
from matching.names import is_shaped
from matching.phrases import type_of_name

_VERBS: Final = {
    "acts": (
        "achiev outperform surpass attain reach improv yield exceed beat reduc enabl learn deliver "
        "obtain"
    ),
    "does": "uses using combin integrat leverag employ optimiz generat predict train",
    "holds": "contain cover consist compris includ featur provid offer",
    "measures": "evaluat assess measur",
}
_KIND_OF_VERB: Final = {verb: kind for kind, verbs in _VERBS.items() for verb in verbs.split()}
_VERB_AFTER = re.compile(
    r"[\"')\]}]*\s(?:also\s|further\s|consistently\s|significantly\s)?"
    rf"(?P<verb>{'|'.join(_KIND_OF_VERB)})"
)
_ARTICLE = re.compile(
    r"\b(?:(?P<a>[Aa]n?)|(?P<the>[Tt]he)|[Oo]ur|novel|new|proposed|called|named|namely|dubbed|termed)"
    r"\s[\"'(]*\Z"
)
_NUMBERED = re.compile(r"(?:\([a-z0-9]{1,3}\)|\d\))\s(?:an?\s|the\s)?[\"'(]*\Z")
_PROPOSING = re.compile(
    r"\b(?:[Ww]e|paper|work|study)\b[^.]{0,40}?\b(?:propos|introduc|present|develop|releas|design"
    r"|creat|construct|describ|build|curat)\w*[^.;:]*\Z"
)
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w-]*\s\Z")
_LINKED_BEFORE = re.compile(r"[A-Z][\w-]*\s(?:of|with|and|for|to|via|in)\s(?:the\s)?\Z")
_LINKED_AFTER = re.compile(r"\s(?:of|for|with|to|via)\s[A-Z]")
_CAPITAL_AFTER = re.compile(r"\s[A-Z][a-z]")
_OPENS = re.compile(r"(?:\A|[.!?]\s)[\"'(]*\Z")
_CAPITALS = re.compile(r"[A-Z]{2,5}\Z")
_SIZE = re.compile(r"[-_ ]?\d+(?:\.\d+)?[BM](?:-|\Z)")
_VARIANT = re.compile(r"-(?:[SBLMH]|XX?L|XS|Nano|Tiny|Small|Base|Large|Mini|Flash|Pro|Plus)\Z")
_CAMEL = re.compile(r"[a-z][A-Z]")
_PLAIN = re.compile(r"[A-Z][a-z]+\Z")
_DIGIT = re.compile(r"\d")
_SHORT: Final = 3
_LONG_WORD: Final = 3
_NEAR: Final = 24
_LOOK_BACK: Final = 120


def traits(text: str, start: int, end: int) -> Iterator[str]:
    """Yield what the words around one place of a name show."""
    verb = _VERB_AFTER.match(text, end)
    if verb:
        yield f"does_{_KIND_OF_VERB[verb.group('verb')]}"
    low = max(0, start - _NEAR)
    if article := _ARTICLE.search(text, low, start):
        yield f"article_{article.lastgroup or 'new'}"
    if _NUMBERED.search(text, low, start):
        yield "numbered"
    if _OPENS.search(text, low, start):
        yield "opens"
    elif _CAPITAL_BEFORE.search(text, low, start):
        yield "cut_before"
    elif _LINKED_BEFORE.search(text, low, start):
        yield "linked_before"
    if text[end : end + 1] == "-" or _CAPITAL_AFTER.match(text, end):
        yield "cut_after"
    elif _LINKED_AFTER.match(text, end):
        yield "linked_after"
    if _PROPOSING.search(text, max(0, start - _LOOK_BACK), start):
        yield "proposing"


@lru_cache(maxsize=20_000)
def shape(name: str) -> tuple[str, ...]:
    """Return what a name looks like."""
    kind = type_of_name(name)
    found = [f"ending_{kind}"] if kind else []
    words = name.split()
    if any(word.lower() in LANGUAGES for word in re.split(r"[\s-]", name)):
        found.append("language")
    if len(words) > 1:
        found += ["shape_words", f"phrase_{kind_of_head(name)}"]
        found += ["shape_many_words"] if len(words) > 2 else []
        found += ["phrase_hyphen"] if "-" in name else []
        found += (
            ["phrase_shaped"] if any(is_shaped(re.split("-", word)[0]) for word in words) else []
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
