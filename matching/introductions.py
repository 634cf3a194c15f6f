"""The forms in which a paper introduces a name of its own.

- a title that opens with the name and a colon;
- a verb of proposing, or a word like "called", directly before the name;
- "our X", "our model X", "a new X dataset", "a new dataset (X)", "two new datasets, X and Y";
- the name, then "is a novel ..." or ", a new ..." and a noun that shows a type;
- results that "show that X outperforms" others.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal

from matching.clauses import begins_clause
from matching.lists import NEW_WORDS, PROPOSING, PROPOSING_STEMS, names_in_lists
from matching.names import (
    CAPITAL_WORD,
    CLOSING_QUOTES,
    OPENING,
    OPENING_QUOTES,
    WORD,
    is_name,
    is_shaped,
    is_shaped_or_capital,
    may_begin_name,
    name_at,
    shaped_words,
    spans_of,
)
from matching.phrases import GENERIC_WORDS, type_of_phrase
from matching.texts import Words
from matching.titles import title_opening
from matching.triggers import choice, in_either_case, matches_at

IntroducingRule = Literal["title", "proposed", "described", "claimed"]

_PROPOSING_WORDS: Final = "we paper work article study here by then also to and"
_WHO: Final = choice(in_either_case(_PROPOSING_WORDS.split()))
_CALLING: Final = (
    r"(?:(?:called|named|dubbed|termed|namely|coined|titled|entitled|denoted)(?:\s+as)?|abbreviated"
    r"\s+(?:as|to)|(?:refer(?:red)?)(?:\s+to)?(?:\s+\w+){0,3}?\s+as|call(?:\s+it|\s+this\s+\w+)?"
    r"|name\s+it|i\.e\.,?|[Ww]e\s+(?:call|term|dub|name)(?:\s+(?:it|this|our|these|them)"
    r"(?:\s+[a-z-]+){0,2}?)?(?:\s+as)?)"
)
_NOUN: Final = (
    r"(?:datasets?|benchmarks?|corpus|corpora|test\s+sets?|challenge\s+sets?|models?|networks?"
    r"|frameworks?|methods?|approach(?:es)?|algorithms?|metrics?|measures?|scores?|architectures?"
    r"|strateg(?:y|ies)|techniques?|pipelines?|paradigms?|systems?|modules?)"
)
_CALLING_BEGINS: Final = (
    "called named dubbed termed namely coined titled entitled denoted abbreviated refer call name "
    "i.e we_call we_term we_dub we_name"
)
_CALLING_WORDS: Final = in_either_case(word.replace("_", " ") for word in _CALLING_BEGINS.split())
"""How each choice of _CALLING begins."""

_NEW_BEFORE: Final = ("our ", "Our ", "new ", "novel ", "proposed ")

_UP_TO_NAME: Final = (
    r"[,:]?(?P<between>(?:\s+[a-z][a-z\d-]*(?!\w)){0,6})"
    rf"(?:\s*(?:--+|[\u2014\u2013])\s*|\s-\s|[\s,:]+){OPENING}(?P<name>)"
)
_PROPOSED = re.compile(rf"\b(?:{_WHO}\b[\w\s,-]{{0,30}}?\s{PROPOSING}|{_CALLING}){_UP_TO_NAME}")
_PROPOSING_ONE = re.compile(PROPOSING + _UP_TO_NAME)
_BEFORE_PROPOSING: Final = 31 + len("article")
"""Characters before a verb of proposing in which the one who proposes begins."""
_PROPOSERS = re.compile(rf"\b{_WHO}\b")
_PROPOSES = Words(PROPOSING_STEMS)
_CALLS = Words(_CALLING_WORDS)
_SAYS_NEW = Words(NEW_WORDS)

_NO_NAME_BETWEEN = re.compile(
    r"\b(?:on|with|from|for|using|by|in|of|that|and|based|over|into|how|than)\b"
)
DESCRIBED: Final = re.compile(
    rf"[{CLOSING_QUOTES}*)\]}}]*(?:\s*\([^()]{{2,60}}\))?"
    r"(?:,\s+(?:which\s+is\s+)?|\s+is\s+|\s+are\s+|\s*[\u2014\u2013:]\s*|\s+-+\s+|,\s+)"
    r"(?P<article>a|an|the|our|the\s+first|one\s+of)\s+"
    r"(?P<phrase>[^.;:()]{3,160}(?:\([^()]{2,12}\)[^.;:()]{3,80})?)"
)
"""What may follow a name and say what it is."""

_LONGEST_BUILT: Final = 80

_CALLED_AT_END = re.compile(rf"[\s,]*{_CALLING}[\s,:]*[{OPENING_QUOTES}(*]*\Z")
"""What may stand between a noun and the name that it introduces."""

_NAME_START = re.compile(rf"(?<![\w-])(?=[A-Z]|[a-z]+[A-Z]){WORD}")
_NEW_NAMED = re.compile(
    rf"\b{choice(NEW_WORDS)}\s+{OPENING}(?P<name>{CAPITAL_WORD})[{CLOSING_QUOTES}*}}]*\s+{_NOUN}\b"
)
_SHAPED: Final = r"(?=\w*[A-Z]\w*[A-Z]|\w+-\w*[A-Z]|[A-Z]\w*\d|[a-z]+[A-Z])\w[\w-]*"
_NEW_BRACKETED = re.compile(
    rf"\b{choice(NEW_WORDS)}\s(?:(?!(?:on|with|for|of|in|to)\s)[\w-]+\s){{0,5}}?{_NOUN}"
    rf"(?:\s*[(,:]\s*{OPENING}(?P<name>{CAPITAL_WORD})|\s{OPENING}(?P<shaped>{_SHAPED}))"
)
_OURS = re.compile(rf"\b(?:[Oo]ur|[Pp]roposed)\s+{OPENING}(?P<name>{_SHAPED})")
_BUILT = re.compile(
    r"\b[Ww]e\s(?:[a-z]+\s)?(?:buil[dt]|collect(?:ed)?|compiled?|assembled?|derived?|craft(?:ed)?"
    rf"|implement(?:ed)?|open\ssourced?)\s(?:the\s)?{OPENING}(?P<name>{_SHAPED})[{CLOSING_QUOTES}*}}]*"
    r"(?=[,.;:]?\s(?:an?|to|for|that|which|with|by|from|the|our|--|\u2014|\()|[,.;]\s)"
)
_BUILDS = Words(
    f"e {verb}" for verb in ("buil", "collect", "compil", "assembl", "deriv", "craft", "implement")
)
_CLAIMED = re.compile(
    r"(?:show|demonstrate|reveal|indicate|confirm|suggest|find)s?\sthat\s(?:the\s)?(?:proposed\s)?"
    rf"{OPENING}(?P<name>{_SHAPED})[{CLOSING_QUOTES}*}}]*\s(?:[a-z]+ly\s)?"
    r"(?:outperform|achiev|surpass|exceed|attain|yield)"
)
_NEAR_NEW = re.compile(
    rf"\b{choice(NEW_WORDS)}\s[^A-Z.(,:\[{{\\*{OPENING_QUOTES}]*+"
    rf"(?:[A-Z]|[(,:]?\s*{OPENING}(?=[\w-]*[A-Z]))"
)
"""What the three patterns of new names need: a word in capitals close behind."""
_SAYS_OWN = re.compile(r"\b(?:novel|new|first|our|we)\b")
_LONGEST_SAID: Final = 60
_CLAIMS = Words(("show", "demonstrate", "reveal", "indicate", "confirm", "suggest", "find"))
_PLURAL = re.compile(r"[A-Z]s\Z")
_CUT = re.compile(r"-[a-z]{3,}\Z")
"""What is no name: "show that CNNs achieve", "the BERT-based"."""


def introduced_names(
    title: str, abstract: str, pairs: Mapping[str, str]
) -> dict[str, IntroducingRule]:
    """Return the names that a paper introduces, with the surest rule that says so.

    Args:
        title: its title.
        abstract: its abstract.
        pairs: short form to long form, as the paper gives them.
    """
    rules: dict[str, IntroducingRule] = {}
    for name in _names_before_colon(title, abstract):
        rules.setdefault(name, "title")
    for name, rule in _spelled_out(title, abstract, pairs):
        rules.setdefault(name, rule)
    for name in _proposed(abstract, pairs):
        rules.setdefault(name, "proposed")
    for name in _described(abstract, pairs):
        rules.setdefault(name, "described")
    for name in _claimed(abstract, pairs):
        rules.setdefault(name, "claimed")
    return rules


def without_calling(before: str) -> str:
    """Return the text before a name without the "called" that introduces it."""
    is_called = any(word in before for word in _CALLING_WORDS)
    return _CALLED_AT_END.sub("", before) if is_called else before


def _names_before_colon(title: str, abstract: str) -> list[str]:
    opening = title_opening(title)
    names = opening.names if opening else []
    return names if all(_is_title_name(name, abstract) for name in names) else []


def _is_title_name(name: str, abstract: str) -> bool:
    recurs = any(True for _ in spans_of(name, abstract))
    return (
        all(is_shaped_or_capital(word) for word in name.split())
        and is_name(name, is_certain=recurs)
        and (recurs or " " not in name)
    )


def _spelled_out(
    title: str, abstract: str, pairs: Mapping[str, str]
) -> Iterator[tuple[str, IntroducingRule]]:
    """Yield short forms whose long form is the title, opens it, or follows "our" or "new"."""
    whole = _plain(title) if pairs else ""
    for short, long in pairs.items():
        if whole == _plain(long) or title.startswith(f"{long}:"):
            yield short, "title"
        elif any(abstract.endswith(_NEW_BEFORE, 0, start) for start, _ in spans_of(long, abstract)):
            yield short, "proposed"


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _proposed(abstract: str, pairs: Mapping[str, str]) -> Iterator[str]:
    for match in matches_at(_PROPOSED, abstract, _proposing_places(abstract, pairs)):
        between = match.group("between")
        is_aside = match.group().startswith("i.e") and between
        if not is_aside and not _NO_NAME_BETWEEN.search(between):
            name = name_at(abstract, match.end(), pairs)
            if name:
                yield name
    for match in _built(abstract):
        name = name_at(abstract, match.start("name"), pairs)
        if name and not _CUT.search(name):
            yield name


def _built(abstract: str) -> Iterator[re.Match[str]]:
    for verb in _BUILDS.places(abstract):
        low = max(0, abstract.rfind("e ", 0, verb + 1) - 16)
        yield from _BUILT.finditer(abstract, low, verb + _LONGEST_BUILT)


def _claimed(abstract: str, pairs: Mapping[str, str]) -> Iterator[str]:
    """Yield what results speak for, if it is one name: "show that X outperforms"."""
    for match in matches_at(_CLAIMED, abstract, _CLAIMS.places(abstract)):
        word = match.group("name")
        if not _PLURAL.search(word) and not _CUT.search(word):
            name = name_at(abstract, match.start("name"), pairs)
            if name:
                yield name


def _proposing_places(abstract: str, pairs: Mapping[str, str]) -> list[int]:
    """Return where who proposes stands before a verb of proposing, and the words for calling.

    A verb with no name behind it is left out, unless what it is matched with would reach to a
    place that is not.
    """
    places = set(_CALLS.places(abstract))
    calls = sorted(places, reverse=True)
    following = len(abstract) + _BEFORE_PROPOSING
    for verb in reversed(_PROPOSES.places(abstract)):
        if not abstract[verb - 1 : verb].isspace():
            continue
        while calls and calls[0] > verb:
            following = min(following, calls.pop(0))
        one = _PROPOSING_ONE.match(abstract, verb)
        if not one:
            continue
        if one.end() > following - _BEFORE_PROPOSING or _may_propose(one, abstract, pairs):
            following = verb
            low = max(0, verb - _BEFORE_PROPOSING)
            places.update(who.start() for who in _PROPOSERS.finditer(abstract, low, verb))
    return sorted(places)


def _may_propose(one: re.Match[str], abstract: str, pairs: Mapping[str, str]) -> bool:
    """Whether there is a name behind the verb and what may stand between."""
    return may_begin_name(abstract, one.end(), pairs) and not _NO_NAME_BETWEEN.search(
        one.group("between")
    )


def _described(abstract: str, pairs: Mapping[str, str]) -> Iterator[str]:
    for place, is_beside_noun in _described_places(abstract):
        name = name_at(abstract, place, pairs)
        if name and not (is_beside_noun and name in GENERIC_WORDS):
            yield name


def _new_places(abstract: str) -> list[int]:
    """Return where a text says "new" or "our" with a word in capitals close behind."""
    return [place for place in _SAYS_NEW.places(abstract) if _NEAR_NEW.match(abstract, place)]


def _described_places(abstract: str) -> Iterator[tuple[int, bool]]:
    """Yield where a described name begins, and whether only a word beside it says so."""
    new_places = _new_places(abstract)
    for pattern in (_NEW_NAMED, _NEW_BRACKETED, _OURS):
        for match in matches_at(pattern, abstract, new_places):
            yield match.start(match.lastgroup or "name"), True
    for listed in names_in_lists(abstract):
        if listed.is_own:
            yield listed.start, False
    for match in shaped_words(abstract, _NAME_START):
        described = DESCRIBED.match(abstract, match.end()) if is_shaped(match.group()) else None
        if (
            described
            and not _is_in_clause(abstract, match.start(), described)
            and _SAYS_OWN.search(described.group(0)[:_LONGEST_SAID])
            and type_of_phrase(described.group("phrase"))
        ):
            yield match.start(), False


def _is_in_clause(abstract: str, start: int, described: re.Match[str]) -> bool:
    """Whether the name ends a clause about something else: "Compared with X, our model"."""
    return described.group("article") in {"our", "the"} and begins_clause(abstract, start)
