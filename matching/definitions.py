"""Names that a paper defines itself: what it proposes, calls, abbreviates or opens its title with.

Half of the names in an abstract are in no vocabulary, because the paper introduces them. The
rules look for the forms in which papers do that, in one paper at a time: `introductions` for
what it presents as its own, `abbreviations` for long forms with their short forms, and here for
names that stand beside a noun of a type ("on the X benchmark", "on two benchmarks, X and Y").
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from matching.abbreviations import abbreviation_pairs, subtitle_pairs
from matching.clauses import is_after_clause
from matching.heads import kind_of_head
from matching.introductions import DESCRIBED, IntroducingRule, introduced_names, without_calling
from matching.lists import names_in_lists
from matching.named_nouns import named_data, named_measures, named_tasks
from matching.names import CLOSING_QUOTES, OPENING_QUOTES, is_name, is_shaped, name_at, spans_of
from matching.phrases import EntityType, PhraseType, type_of_name, type_of_phrase, type_of_title
from matching.texts import Words
from matching.titles import title_opening
from matching.traits import pair_traits, shape

Rule = Literal[
    "title", "proposed", "described", "claimed", "context", "task", "abbreviation", "refused"
]

_NOUN_BEFORE = re.compile(rf"[\s,:{OPENING_QUOTES}(]*([\w-]+)(?:\s+([\w-]+))?")
"""The last word and the one before it, in text that is read backwards."""
_NOUN_NAMED = re.compile(
    r"\b[Ww]e\s(?:call|term|dub|name)\s(?:this|our|these|the)\s(?P<noun>(?:[a-z-]+\s){1,3})(?:as\s)?"
    rf"[{OPENING_QUOTES}(*]*\Z"
)
"""What is given the name: "we call this training method X"."""
_OBSERVED: Final = "pattern characteristic mode limitation effect issue property discipline failure"
_NO_THINGS: Final = frozenset(_OBSERVED.split())
_CALLED_PHRASE = re.compile(r".*\b(?:[Aa]n?|[Tt]he|[Oo]ur|new|novel)\s([^.;:]{3,})\Z", re.S)
"""The noun phrase that text before "called" ends with, from its last article on."""
_CALLED_DIRECTLY = re.compile(r"\b(?:an?|new|novel)\s(?:[\w-]+\s){0,2}[\w-]+\Z")
_NOUN_AFTER = re.compile(
    rf"(?:\s*\([^()]{{1,20}}\))?[{CLOSING_QUOTES})\]}}]*\s+((?:[\w-]+\s+){{0,2}}?[\w-]+)"
)
_SHAPED: Final = r"(?=\w*[a-z0-9-]?[A-Z]\w*[A-Z0-9]|[A-Z]\w*[-]?\d|[a-z]+[A-Z])\w[\w+-]*"
_NAMED_TYPE = re.compile(
    rf"(?<![\w+-])(?P<names>{_SHAPED}(?:,\s(?:and\s)?{_SHAPED}|\sand\s{_SHAPED}|/{_SHAPED}){{0,6}})"
    r"\s(?P<noun>datasets?|benchmarks?|corpus|corpora|leaderboards?|test\ssets?|models?|scores?"
    r"|metrics?)\b"
)
_TYPE_NOUN_BEGINS: Final = "dataset benchmark corpus corpora leaderboard test model score metric"
_TYPE_NOUNS = Words(_TYPE_NOUN_BEGINS.split())
"""How each noun of _NAMED_TYPE begins."""
_LAST_WORD_BACKWARDS = re.compile(r"[\w+-]*")
_IS_SHAPED = re.compile(_SHAPED)
_CLAUSE_BACKWARDS = re.compile(r"[\w+,\s/-]*")
_WORD_REST = re.compile(r"[\w\s]*")
_BETWEEN_NAMES = re.compile(r",\s*(?:and\s+)?|\s+and\s+|/")
_ARTICLES = Words((", a ", ", an ", " is a ", " is an ", " are a "))
_NAME_BACKWARDS = re.compile(r"(?P<name>[\w.+-]*\w(?:\s[\w.+-]*[A-Z](?=\s[a-z,)]))*)(?![\w.+-])")
"""A name, and the capitalised words before it that do not begin a sentence, backwards."""
_LONGEST_NAME: Final = 40
_SUFFIX: Final = r"(?:-(?=[A-Z\d])\w+(?:\.\d\w*)?)+(?!\.?[\w-])"
_SIZE = re.compile(r"-\d+(?:\.\d+)?[BM]\b")
_SHORT: Final = 2
_MODIFIER = re.compile(r"-[a-z]{3,}\Z")


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

    @property
    def traits(self) -> tuple[str, ...]:
        """What name and long form look like, where the paper does not say what it is."""
        if self.entity_type:
            return ()
        return (*shape(self.name), *(pair_traits(self.spellings[1]) if self.spellings[1:] else ()))


def definitions(title: str, abstract: str) -> list[Definition]:
    """Return the names that a paper defines, each once.

    Args:
        title: its title.
        abstract: its abstract, empty where it has none.
    """
    subtitles = subtitle_pairs(title)
    pairs = subtitles | abbreviation_pairs(title, abstract)
    rules = introduced_names(title, abstract, pairs)
    derived = _derived(rules, abstract)
    by_context = _typed_by_context(abstract, pairs)
    found = [
        Definition(task, "dataset", "task", (task,))
        for task in dict.fromkeys((*named_tasks(title), *named_tasks(abstract)))
    ]
    for name, rule in rules.items():
        kind = _type_of(name, pairs.get(name), title, abstract) or by_context.get(name)
        if kind == "other":
            found.append(Definition(name, None, "refused", (name,)))
        else:
            longs = (table[name] for table in (pairs, subtitles) if name in table)
            spellings = tuple(dict.fromkeys((name, *longs)))
            found.append(Definition(name, kind, rule, spellings))
            for longer in derived.get(name, ()):
                longer_kind = _type_of_longer(longer, kind, title, abstract)
                if longer_kind != "other":
                    found.append(Definition(longer, longer_kind, rule, (longer,)))
    found += [
        Definition(short, None, "abbreviation", (short, long))
        for short, long in pairs.items()
        if short not in rules
    ]
    known = {spelling for definition in found for spelling in definition.spellings}
    found += [
        Definition(name, kind, "context", (name,))
        for name, kind in by_context.items()
        if name not in known
    ]
    return found


def _derived(rules: Mapping[str, IntroducingRule], abstract: str) -> dict[str, list[str]]:
    """Return the names that go on from an introduced one: X-7B and X-Bench, where X is its own."""
    derived: dict[str, list[str]] = {}
    for name, rule in rules.items():
        if rule in {"title", "proposed"} and len(name) > _SHORT and f"{name}-" in abstract:
            for match in re.finditer(rf"(?<![\w/-]){re.escape(name)}{_SUFFIX}", abstract):
                if match.group() not in rules:
                    derived.setdefault(name, []).append(match.group())
    return {name: list(dict.fromkeys(longer)) for name, longer in derived.items()}


def _type_of_longer(
    longer: str, kind: EntityType | None, title: str, abstract: str
) -> PhraseType | None:
    """Return what words or its end say a longer name is, else what the name within it is.

    Of a method there may be a variant, a model or a data set.
    """
    if _SIZE.search(longer):
        return "model"
    return _type_of(longer, None, title, abstract) or (None if kind == "method" else kind)


def _typed_by_context(abstract: str, pairs: Mapping[str, str]) -> dict[str, EntityType]:
    """Return name-shaped words that stand directly before a noun of a type ("the X dataset").

    Lists beside a plural noun count as a whole ("on X, Y and Z datasets", "two datasets, X and Y").
    """
    typed: dict[str, EntityType] = {}
    for listed in names_in_lists(abstract):
        kind, name = _context_type(listed.noun), name_at(abstract, listed.start, pairs)
        if kind and name and is_name(name, is_certain=False):
            typed.setdefault(name, kind)
    for name, kind in _described(abstract, pairs):
        typed.setdefault(name, kind)
    for match in _named_types(abstract):
        kind = _context_type(match.group("noun"))
        for name in _BETWEEN_NAMES.split(match.group("names")) if kind else ():
            is_modifier = _MODIFIER.search(name)
            if kind and not is_modifier and is_name(name, is_certain=False) and len(name) > 2:
                typed.setdefault(name, kind)
    for name in named_data(abstract):
        typed.setdefault(name, "dataset")
    for name in named_measures(abstract):
        typed.setdefault(name, "metric")
    return typed


def _described(abstract: str, pairs: Mapping[str, str]) -> Iterator[tuple[str, EntityType]]:
    """Yield what a phrase behind says to be of a type, its own or not: "X, a corpus of news"."""
    for article in _ARTICLES.places(abstract):
        described = DESCRIBED.match(abstract, article)
        if not described or described.group("article") not in {"a", "an"}:
            continue
        before = _NAME_BACKWARDS.match(abstract[max(0, article - _LONGEST_NAME) : article][::-1])
        phrase = described.group("phrase")
        # "SQL is a crucial challenge"
        kind = type_of_phrase(phrase) if before and "challenge" not in phrase else None
        if before and kind and kind != "other":
            name = name_at(abstract, article - before.end("name"), pairs)
            if name and any(map(is_shaped, name.split())) and not _MODIFIER.search(name):
                yield name, kind


def _named_types(abstract: str) -> Iterator[re.Match[str]]:
    """Yield what `_NAMED_TYPE.finditer` would, looking only before a noun that follows a name."""
    clauses: dict[int, int] = {}
    for noun in _TYPE_NOUNS.places(abstract):
        if abstract[noun - 1 : noun].isspace() and _has_shaped_end(abstract[: noun - 1]):
            clause = _CLAUSE_BACKWARDS.match(abstract[:noun][::-1])
            rest = _WORD_REST.match(abstract, noun)
            if clause and rest:
                clauses[noun - clause.end()] = rest.end()
    for start, end in clauses.items():
        yield from _NAMED_TYPE.finditer(abstract, start, end)


def _has_shaped_end(text: str) -> bool:
    """Whether the last word looks like a name."""
    word = text[text.rfind(" ") + 1 :]
    if word == word.lower():
        return False
    last = _LAST_WORD_BACKWARDS.match(word[::-1])
    return bool(last and _IS_SHAPED.fullmatch(last.group()[::-1]))


def _context_type(noun: str) -> EntityType | None:
    """Return the type of a plural noun; "methods" lists techniques without names too."""
    kind = type_of_phrase(noun)
    return kind if kind in ("model", "dataset", "metric") else None


def _type_of(name: str, long: str | None, title: str, abstract: str) -> PhraseType | None:
    """Return the type that the paper first gives the name, looking at the surest places first.

    "X Network (XN), a new approach" stays a model.
    """
    by_words = next(_types_beside(name, long, abstract), None)
    if by_words:
        is_model = by_words == "method" and long and type_of_phrase(long.split()[-1]) == "model"
        return "model" if is_model else by_words
    by_name = type_of_name(name) or (_type_of_long(long) if long else None)
    return _type_in_title(name, title, has_type=by_name is not None) or by_name


def _type_of_long(long: str) -> PhraseType | None:
    return "metric" if kind_of_head(long) == "metric" else type_of_phrase(long, is_exact=True)


def _types_beside(name: str, long: str | None, abstract: str) -> Iterator[PhraseType]:
    """Yield the types that the words around each occurrence show, in text order."""
    for start, end in sorted({*spans_of(name, abstract), *spans_of(long or "", abstract)}):
        kind = (
            _type_after(abstract, end)
            or _type_described(abstract, end)
            or _type_before(abstract, start, end)
        )
        if kind:
            yield kind


def _type_after(abstract: str, end: int) -> PhraseType | None:
    after = _NOUN_AFTER.match(abstract, end)
    return type_of_phrase(after.group(1), is_exact=True) if after else None


def _type_described(abstract: str, end: int) -> PhraseType | None:
    described = DESCRIBED.match(abstract, end)
    return type_of_phrase(described.group("phrase")) if described else None


def _type_before(abstract: str, start: int, end: int) -> PhraseType | None:
    """Return what the last word shows, unless it is a verb there: "we study", "to model".

    Before "called X" the noun may stand further off: "a dataset for Indian English called X".
    """
    if is_after_clause(abstract, start, end):
        return None
    before = abstract[max(0, start - 90) : start]
    named = _NOUN_NAMED.search(before)
    if named:
        last = named.group("noun").split()[-1]
        return "other" if last in _NO_THINGS else type_of_phrase(named.group("noun"))
    called = without_calling(before)
    words = _NOUN_BEFORE.match(called[::-1])
    if not words:
        return None
    last, verb = words.group(1)[::-1], (words.group(2) or "")[::-1]
    kind = None if verb.lower() in {"we", "to"} else type_of_phrase(last)
    phrase = _CALLED_PHRASE.search(called) if not kind and called != before else None
    kind = type_of_phrase(phrase.group(1)) if phrase else kind
    # "for image generation tasks, called X" calls no task X, "a task called X" does
    is_aside = kind == "other" and called != before and not _CALLED_DIRECTLY.search(called)
    return None if is_aside else kind


def _type_in_title(name: str, title: str, *, has_type: bool) -> PhraseType | None:
    """Return what a subtitle says the name before it is, unless the title asks a question."""
    opening = title_opening(title)
    if not opening or name not in opening.opening or "?" in title:
        return None
    kind = type_of_title(opening.rest)
    is_said = not has_type or re.match(r"(?:An?|The)\s", opening.rest)
    return kind if kind != "other" and is_said else None
