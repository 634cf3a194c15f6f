"""Names that a paper defines itself: what it proposes, calls, abbreviates or opens its title with.

Half of the names in an abstract are in no vocabulary, because the paper introduces them. The
rules look for the forms in which papers do that, in one paper at a time:

- a title that opens with a name and a colon;
- a verb of proposing, or a word like "called", directly before a name;
- a name followed by "is a ..." or ", a ..." and a noun that shows a type;
- a long form and its abbreviation in brackets, by the algorithm of A. S. Schwartz and
  M. A. Hearst (2003), A simple algorithm for identifying abbreviation definitions in
  biomedical text, Pacific Symposium on Biocomputing 8, 451-462.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from matching.phrases import (
    GENERIC_WORDS,
    EntityType,
    PhraseType,
    type_of_name,
    type_of_phrase,
)

Rule = Literal["title", "proposed", "described", "context", "abbreviation"]

_WORD: Final = r"[^\W\d_][\w]*(?:[-+.&'][\w]+)*\+*"
_OPEN: Final = r"[\"'“‘`*(\[{]*(?:\\(?:textbf|textit|emph|texttt|textsc|textsf)\{)?"
_PROPOSING: Final = (
    r"(?:propos|introduc|present|releas|develop|design|construct|build|devis|contribut|creat|offer"
    r"|describ|formulat|establish|unveil|curat|publish|open-sourc|provid|put)(?:e|es|ed|ing|s)?"
    r"(?:\s+forward)?"
)
_CALLING: Final = (
    r"(?:called|named|dubbed|termed|namely|coined|titled|entitled|denoted(?:\s+as)?|abbreviated"
    r"\s+(?:as|to)|(?:refer(?:red)?)(?:\s+to)?(?:\s+\w+)?\s+as|call(?:\s+it|\s+this\s+\w+)?"
    r"|name\s+it|i\.e\.,?|which\s+we\s+(?:call|term|dub|name))"
)
_PROPOSED = re.compile(
    rf"\b(?:(?:[Ww]e|[Pp]aper|[Ww]ork|[Aa]rticle|[Ss]tudy|[Hh]ere|[Bb]y|[Tt]hen|[Aa]lso|[Tt]o|[Aa]nd)\b"
    rf"[\w\s,-]{{0,30}}?\s{_PROPOSING}|{_CALLING})[,:]?(?P<between>(?:\s+[a-z][\w-]*){{0,6}})"
    rf"[\s,:—–-]+{_OPEN}(?P<name>)"
)
_DESCRIBED = re.compile(
    r"[\"'”’`*)\]}]*(?:\s*\([^()]{2,60}\))?"
    r"(?:,\s+(?:which\s+is\s+)?|\s+is\s+|\s+are\s+|\s*[—–:]\s*|\s+-+\s+|,\s+)"
    r"(?P<article>a|an|the|our|the\s+first|one\s+of)\s+(?P<phrase>[^.;:()]{3,160})"
)
_ABBREVIATION = re.compile(r"\(\s*([A-Za-z][^\s()]{1,14})\s*(?:[;,][^()]*)?\)")
_NOUN_BEFORE = re.compile(r"([\w-]+(?:\s+[\w-]+){0,5})[\s,:\"'“‘(]*\Z")
_NOUN_AFTER = re.compile(r"(?:\s*\([^()]{1,20}\))?[\"'”’)\]}]*\s+((?:[\w-]+\s+){0,2}?[\w-]+)")
_TITLE = re.compile(r"\s*(?P<name>[^:\s][^:]{0,60}?)\s*(?::|\s[—–-]{1,3}\s)\s*(?P<rest>\S.*)", re.S)
_WORD_RE = re.compile(_WORD)
_NAME_START = re.compile(rf"(?<![\w-])(?=[A-Z]|[a-z]+[A-Z]){_WORD}")
_NOUN: Final = (
    r"(?:datasets?|benchmarks?|corpus|corpora|test\s+sets?|challenge\s+sets?|models?|networks?"
    r"|frameworks?|methods?|approach(?:es)?|algorithms?|metrics?|measures?|scores?|architectures?"
    r"|strateg(?:y|ies)|techniques?|pipelines?|paradigms?|systems?|modules?)"
)
_NEW: Final = (
    r"(?:[Nn]ew|[Nn]ovel|[Oo]ur|[Pp]roposed|[Ff]irst|[Ss]imple|[Ll]arge-scale|[Cc]hallenging)"
)
_NEW_NAMED = re.compile(
    rf"\b{_NEW}\s+{_OPEN}(?P<name>(?=[A-Z]|[a-z]+[A-Z])\w[\w-]*)[\"'”’`*}}]*\s+{_NOUN}\b"
)
_NEW_BRACKETED = re.compile(
    rf"\b{_NEW}\s(?:[\w-]+\s){{0,5}}?{_NOUN}\s*[(,:]\s*{_OPEN}(?P<name>(?=[A-Z]|[a-z]+[A-Z])\w[\w-]*)"
)
_NEW_LISTED = re.compile(
    rf"\b(?:{_NEW}|[Tt]wo|[Tt]hree|2|3)\s(?:[^\s.]+\s){{0,6}}?{_NOUN}[:,]\s*(?P<list>{_OPEN}[A-Z][\w-]*[^.;:]{{0,60}}?\band\s{_OPEN}[A-Z][\w\s-]*)"
)
_OURS = re.compile(
    rf"\b(?:[Oo]ur|[Pp]roposed)\s+{_OPEN}(?P<name>(?=\w*[A-Z]\w*[A-Z]|\w+-\w*[A-Z]|[A-Z]\w*\d)\w[\w-]*)"
)
_SHORT_FOR = re.compile(
    rf"(?P<short>{_WORD}),?\s+(?:is\s+)?short\s+for\s+(?P<long>[^.,;()]{{5,100}})"
)
_CALLED_AT_END = re.compile(rf"[\s,]*{_CALLING}[\s,:]*[\"'“‘(]*\Z")
_SKIPPED = re.compile(r"\b(?:on|with|from|for|using|by|in|of|that|and|based|over|into|how|than)\b")
_SMALL_WORDS: Final = frozenset("of for with and the to in on by from a an via using".split())
_SHORT_FIRST = re.compile(r"(?P<short>[A-Za-z][\w-]{1,14})\s\((?P<long>[A-Za-z][\w\s-]{8,100})\)")
_SUBTITLE_END = re.compile(r"\s(?:for|via|with|in|through|using|by|on)\s|[:,.]")
_VERB_AFTER = re.compile(
    r"(?:is|was|has|can|to|for|that|which|and|as|with|in|by|on|a|an|the|achiev|outperform|\w+s\Z)"
)
_SHAPED: Final = r"(?=\w*[a-z0-9-]?[A-Z]\w*[A-Z0-9]|[A-Z]\w*[-]?\d|[a-z]+[A-Z])\w[\w+-]*"
_NAMED_TYPE = re.compile(
    rf"(?<![\w-])(?P<names>{_SHAPED}(?:,\s(?:and\s)?{_SHAPED}|\sand\s{_SHAPED}|/{_SHAPED}){{0,6}})"
    r"\s(?P<noun>datasets?|benchmarks?|corpus|corpora|leaderboards?|test\ssets?|models?|scores?|metrics?)\b"
)
_NEW_BEFORE: Final = ("our ", "Our ", "new ", "novel ", "proposed ")
_MAX_WORDS: Final = 5


@dataclass(frozen=True, slots=True)
class Definition:
    """A name that the paper defines, with every spelling that stands for it.

    Attributes:
        name: the short form where there is one.
        entity_type: what the paper says it is; None where it only abbreviates.
        rule: how it was recognised.
        spellings: the name first, then its long form.
    """

    name: str
    entity_type: EntityType | None
    rule: Rule
    spellings: tuple[str, ...]


def definitions(title: str, abstract: str) -> list[Definition]:
    """Return the names that a paper defines, each once.

    Args:
        title: its title.
        abstract: its abstract, empty where it has none.
    """
    subtitles = _subtitle_pairs(title)
    pairs = subtitles | _pairs(title, abstract)
    rules: dict[str, Rule] = {}
    for name, rule in _introduced(title, abstract, pairs):
        rules.setdefault(name, rule)
    found: list[Definition] = []
    for name, rule in rules.items():
        kind = _type_of(name, pairs.get(name), title, abstract)
        if kind != "other":
            longs = (table[name] for table in (pairs, subtitles) if name in table)
            spellings = tuple(dict.fromkeys((name, *longs)))
            found.append(Definition(name, kind, rule, spellings))
    found += [
        Definition(short, None, "abbreviation", (short, long))
        for short, long in pairs.items()
        if short not in rules
    ]
    known = {spelling for definition in found for spelling in definition.spellings}
    found += [
        Definition(name, kind, "context", (name,))
        for name, kind in _typed_by_context(abstract).items()
        if name not in known
    ]
    return found


def _typed_by_context(abstract: str) -> dict[str, EntityType]:
    """Return name-shaped words that stand directly before a noun of a type ("the X dataset").

    Lists before a plural noun count as a whole ("on X, Y and Z datasets").
    """
    typed: dict[str, EntityType] = {}
    for match in _NAMED_TYPE.finditer(abstract):
        kind = type_of_phrase(match.group("noun"))
        if kind is None or kind in {"other", "method"}:
            continue
        for name in re.split(r",\s*(?:and\s+)?|\s+and\s+|/", match.group("names")):
            is_modifier = re.search(r"-[a-z]{3,}\Z", name)
            if not is_modifier and _is_name(name, is_certain=False) and len(name) > 2:
                typed.setdefault(name, kind)
    return typed


def _subtitle_pairs(title: str) -> dict[str, str]:
    """Return the name that opens a title with the beginning of the subtitle that spells it."""
    opening = _TITLE.match(title)
    if not opening:
        return {}
    name = _bare(opening.group("name"))
    subtitle = _SUBTITLE_END.split(opening.group("rest"))[0].strip()
    if " " in name or not _is_shaped_or_capital(name):
        return {}
    if any(_spells(part, subtitle) for part in (name, *name.split("-")) if len(part) > 2):
        return {name: subtitle}
    return {}


def _pairs(title: str, abstract: str) -> dict[str, str]:
    """Return short form to long form, of brackets either way round and of "short for"."""
    pairs: dict[str, str] = {}
    for text in (abstract, title):
        for short, long in abbreviations(text):
            pairs.setdefault(short, long)
        for match in _SHORT_FIRST.finditer(text):
            short, long = match.group("short"), match.group("long")
            if _is_shaped(short) and len(long) > 2 * len(short) and _spells(short, long):
                pairs.setdefault(short, long)
    for match in _SHORT_FOR.finditer(abstract) if " short for " in abstract else ():
        pairs.setdefault(match.group("short"), match.group("long").strip())
    return pairs


def abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Yield (short form, long form) for every "long form (SF)" in the text."""
    for match in _ABBREVIATION.finditer(text):
        short = _singular(match.group(1))
        if sum(char.isupper() for char in short) < 2 and not any(c.isdigit() for c in short):
            continue
        before = re.split(r"[.;:!?]\s|[()]", text[: match.start()])[-1].rstrip(" \"'”’*}")
        words = before.split()
        window = " ".join(words[-min(len(short) + 5, len(short) * 2) :])
        long = _by_initials(short, window) or _long_form(short, window)
        bare = re.sub(
            r"\s(?:dataset|benchmark|corpus|framework|method|approach|algorithm)\Z", "", long or ""
        )
        long = bare if bare and _spells(short, bare) else long
        if long and (len(long.split()) > 1 or "-" in long) and len(long) > len(short) + 2:
            yield short, long


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") and short[:-1].isupper() else short


def _by_initials(short: str, window: str) -> str | None:
    """Return the end of the window whose words begin with the letters of the short form."""
    letters = [char for char in short.lower() if char.isalnum()]
    parts = [match for match in re.finditer(r"[^\W_]+", window)]
    index = len(letters) - 1
    for part in reversed(parts):
        word = part.group().lower()
        if word[0] == letters[index]:
            index -= 1
            if index < 0:
                return window[part.start() :].strip("\"'“”‘’*`{}\\ ")
        elif word not in _SMALL_WORDS:
            return None
    return None


def _long_form(short: str, window: str) -> str | None:
    """Return the shortest end of the window that spells the short form (Schwartz and Hearst)."""
    place = len(window)
    folded = window.lower()
    letters = [char for char in short.lower() if char.isalnum()]
    for index in range(len(letters) - 1, -1, -1):
        place = folded.rfind(letters[index], 0, place)
        while index == 0 and place > 0 and window[place - 1].isalnum():
            place = folded.rfind(letters[0], 0, place)
        if place < 0:
            return None
    long = window[place:].strip("\"'“”‘’*`{}\\ ")
    return long if not long.lower().startswith(short.lower()) else None


def _spells(short: str, long: str) -> bool:
    """Whether a subtitle spells a name: its letters in order, half of them at word beginnings."""
    words = re.findall(r"[^\W_]+", long.lower())
    letters = [char for char in short.lower() if char.isalnum()]
    if len(words) < 2 or len(letters) < 2 or not words[0].startswith(letters[0]):
        return False
    text, place, initials = " " + " ".join(words), 0, 0
    for letter in letters:
        begin = text.find(f" {letter}", place)
        inner = text.find(letter, place + 1)
        if inner < 0:
            return False
        is_near = 0 <= begin <= inner + 12
        initials += is_near
        place = begin + 1 if is_near else inner
    return initials >= max(2, (len(letters) + 1) // 2)


def _introduced(title: str, abstract: str, pairs: dict[str, str]) -> Iterator[tuple[str, Rule]]:
    yield from ((name, "title") for name in _names_before_colon(title, abstract))
    whole = _plain(title)
    for short, long in pairs.items():
        if whole == _plain(long) or title.startswith(f"{long}:"):
            yield short, "title"
        elif any(abstract[:start].endswith(_NEW_BEFORE) for start, _ in _spans_of(long, abstract)):
            yield short, "proposed"
    for match in _PROPOSED.finditer(abstract):
        if not _SKIPPED.search(match.group("between")):
            name = _name_at(abstract, match.end(), pairs)
            if name:
                yield name, "proposed"
    for pattern in (_NEW_NAMED, _NEW_BRACKETED, _OURS):
        for match in pattern.finditer(abstract):
            name = _name_at(abstract, match.start("name"), pairs)
            if name and name not in GENERIC_WORDS:
                yield name, "described"
    for match in _NEW_LISTED.finditer(abstract):
        for listed in re.finditer(rf"{_OPEN}({_WORD}(?:\s{_WORD})*)", match.group("list")):
            name = _name_at(abstract, match.start("list") + listed.start(1), pairs)
            if name:
                yield name, "described"
    for match in _NAME_START.finditer(abstract):
        described = _DESCRIBED.match(abstract, match.end())
        if (
            described
            and _is_shaped(match.group())
            and re.search(r"\b(?:novel|new|first|our|we)\b", described.group(0)[:60])
            and type_of_phrase(described.group("phrase"))
        ):
            name = _name_at(abstract, match.start(), pairs)
            if name:
                yield name, "described"


def _names_before_colon(title: str, abstract: str) -> Iterator[str]:
    opening = _TITLE.match(title)
    if not opening:
        return
    names = [_bare(part) for part in re.split(r"\s(?:and|&)\s", opening.group("name"))]
    recurring = [any(True for _ in _spans_of(name, abstract)) for name in names]
    if all(
        all(_is_shaped_or_capital(word) for word in name.split())
        and _is_name(name, is_certain=recurs)
        and (recurs or " " not in name)
        for name, recurs in zip(names, recurring, strict=True)
    ):
        yield from names


def _bare(name: str) -> str:
    name = name.strip("\"'“”‘’*` ")
    return name.removeprefix("The ").removeprefix("the ").removeprefix("A ")


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _name_at(text: str, start: int, pairs: dict[str, str]) -> str | None:
    """Return the run of capitalised or name-shaped words that begins here, without its noun."""
    for short, long in pairs.items():
        if text.startswith(long, start):
            return short
    words: list[str] = []
    position = start
    while len(words) <= _MAX_WORDS:
        match = _WORD_RE.match(text, position)
        if not match or not _is_shaped_or_capital(match.group()):
            break
        words.append(match.group())
        position = match.end()
        if text[position : position + 1] != " ":
            break
        position += 1
    while len(words) > 1 and words[-1].lower() in GENERIC_WORDS:
        words.pop()
    if not words:
        quoted = re.compile(r"[a-z][\w-]{2,20}(?=,?[\"'”’`])").match(text, start)
        is_quoted = quoted and start > 0 and text[start - 1] in "\"'“‘`"
        return quoted.group() if quoted and is_quoted else None
    name = " ".join(words)
    if len(words) == 1 and not _is_shaped(name):
        follows = re.compile(r"\s?([a-z][\w-]*)").match(text, start + len(name))
        if (
            follows
            and not type_of_phrase(follows.group(1))
            and not _VERB_AFTER.match(follows.group(1))
        ):
            return None
    return _singular(name) if _is_name(name, is_certain=True) else None


def _spans_of(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands in a text as a whole word; nothing for an empty name."""
    start = text.find(name) if name else -1
    while start >= 0:
        end = start + len(name)
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if not (before.isalnum() or before == "-" or after.isalnum() or after == "-"):
            yield start, end
        start = text.find(name, end)


def _is_name(name: str, *, is_certain: bool) -> bool:
    words = name.split()
    if not words or len(words) > _MAX_WORDS or len(name) < 2:
        return False
    if not re.fullmatch(rf"{_WORD}(?:\s+{_WORD})*", name):
        return False
    if all(word.lower() in GENERIC_WORDS or word.lower() in _SMALL_WORDS for word in words):
        return False
    if len(words) == 1 and _singular(words[0]).lower() in GENERIC_WORDS:
        return False
    if len(words) == 1 and _is_shaped(name):
        return True
    return is_certain and all(_is_shaped_or_capital(word) for word in words)


def _is_shaped_or_capital(word: str) -> bool:
    return word[:1].isupper() or _is_shaped(word)


def _is_shaped(name: str) -> bool:
    """Whether it looks like a name wherever it stands: inner capitals, or a capital and a digit."""
    return any(
        any(char.isupper() for char in word[1:])
        or (word[0].isupper() and any(char.isdigit() for char in word))
        for word in re.split(r"[\s-]", name)
        if word
    )


def _type_of(name: str, long: str | None, title: str, abstract: str) -> PhraseType | None:
    """Return the type that the paper first gives the name, looking at the surest places first."""
    for start, end in sorted({*_spans_of(name, abstract), *_spans_of(long or "", abstract)}):
        described = _DESCRIBED.match(abstract, end)
        after = _NOUN_AFTER.match(abstract, end)
        before = _NOUN_BEFORE.search(_CALLED_AT_END.sub("", abstract[max(0, start - 90) : start]))
        kind = (
            (type_of_phrase(after.group(1), is_exact=True) if after else None)
            or (type_of_phrase(described.group("phrase")) if described else None)
            or (type_of_phrase(before.group(1).split()[-1]) if before else None)
        )
        if kind:
            return kind
    by_name = type_of_name(name) or (type_of_phrase(long, is_exact=True) if long else None)
    opening = _TITLE.match(title)
    if opening and name in opening.group("name") and "?" not in title:
        rest = opening.group("rest")
        kind = type_of_phrase(rest)
        if kind and kind != "other" and (not by_name or re.match(r"(?:An?|The)\s", rest)):
            return kind
    return by_name
