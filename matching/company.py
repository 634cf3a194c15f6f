"""The company that a name-shaped word keeps: what stands directly around it.

Nothing is decided here. Each occurrence comes with the cues that were seen beside it; over many
papers they show what a name is, and `models/intermediate/` weighs them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from matching.clauses import is_after_clause
from matching.names import CLOSING_QUOTES, OPENING_QUOTES, is_name, is_shaped
from matching.runs import names_in

_NOUNS: Final = {
    "dataset": (
        r"data ?sets?|benchmarks?|corpus|corpora|leaderboards?|test ?sets?|test ?beds?|treebanks?"
        r"|challenges?|databases?|splits?|subsets?|suites?|competitions?|shared tasks?|collections?"
        r"|environments?|data|validation sets?|dev sets?"
    ),
    "model": (
        r"models?|LLMs?|VLMs?|MLLMs?|LMs?|networks?|architectures?|backbones?|encoders?|decoders?"
        r"|checkpoints?|families|family|transformers?|agents?|embeddings?|classifiers?|detectors?"
        r"|generators?|policy|policies|weights"
    ),
    "metric": r"scores?|metrics?|measures?|points?|values?|index",
    "method": (
        r"methods?|algorithms?|frameworks?|approach(?:es)?|techniques?|optimizers?|loss(?:es)?"
        r"|regularization|regularizers?|training|tuning|fine-tuning|prompting|decoding|sampling"
        r"|strateg(?:y|ies)|pipelines?|objectives?|adapters?|pruning|quantization|baselines?"
        r"|modules?|paradigms?|schemes?"
    ),
    "other": (
        r"tasks?|librar(?:y|ies)|toolkits?|platforms?|languages?|problems?|conferences?|workshops?"
        r"|users?|settings?|communit(?:y|ies)|systems?|devices?|hardware|compilers?|kernels?"
        r"|patients?|services?|applications?|software|repositor(?:y|ies)|tools?|packages?|APIs?"
        r"|images?|videos?|scans?|signals?|sensors?|research|researchers|process(?:es)?|theory"
    ),
}
_AFTER = re.compile(
    rf"[{CLOSING_QUOTES})\]}}]*\s"
    r"(?:[a-z-]+\s)?(?:"
    + "|".join(rf"(?P<{kind}>{nouns})" for kind, nouns in _NOUNS.items())
    + r")\b"
)
_NEXT_WORDS = re.compile(rf"[{CLOSING_QUOTES})\]}}]*\s(\w*)(?:[a-z-]*\s(\w+))?")
"""The beginnings of the two words of which one has to begin a noun, for _AFTER to match."""
_BEGINS_NOUN = re.compile("|".join(re.sub(r"[ -][^|]*", "", nouns) for nouns in _NOUNS.values()))
_KIND_OF_NOUN: Final = {kind: re.compile(nouns) for kind, nouns in _NOUNS.items()}
_EXAMPLE_WORDS: Final = frozenset(("like", "including", "e.g", "i.e", "namely"))
_VERBS: Final = {
    "on": "on",
    "from": "from",
    "compared": "than against over versus vs vs. unlike rival rivals rivaling",
    "like": "like including e.g e.g. namely",
    "tuned": "prompting query querying open-source proprietary frozen",
    "using": "using via by through with apply applying use uses based-on",
    "measured": "average mean higher lower",
    "place": "in at of and for",
}
_KIND_OF_VERB: Final = {
    verb: f"verb_{kind}" for kind, verbs in _VERBS.items() for verb in verbs.split()
}
_STEMS: Final = {
    "outperform": "compared",
    "surpass": "compared",
    "exceed": "compared",
    "beat": "compared",
    "match": "compared",
    "fine-tun": "tuned",
    "finetun": "tuned",
    "pre-train": "tuned",
    "pretrain": "tuned",
    "deploy": "tuned",
    "quantiz": "tuned",
    "distill": "tuned",
    "adopt": "using",
    "employ": "using",
    "utiliz": "using",
    "leverag": "using",
    "combin": "using",
    "integrat": "using",
    "extend": "using",
    "propos": "proposed",
    "introduc": "proposed",
    "present": "proposed",
    "releas": "proposed",
    "develop": "proposed",
}
_STEM = re.compile("|".join(_STEMS))
_BEFORE_NAME: Final = f"{OPENING_QUOTES}([{{ "
_ARTICLES: Final = frozenset(("the", "both", "The"))
_PAIRS: Final = {
    ("compared", "to"): "verb_compared",
    ("compared", "with"): "verb_compared",
    ("comparable", "to"): "verb_compared",
    ("terms", "of"): "verb_measured",
    ("measured", "by"): "verb_measured",
}
_BEFORE_NUMBER: Final = frozenset(("score", "of", "by", "at", "from"))
_NUMBER_AFTER = re.compile(r"\s(?:(?:score\s)?(?:of|by|at|from)\s(?:up\sto\s|over\s)?)?\d")
_BASED = re.compile(r"-(?:based|style|like|trained|generated|powered|tuned|pretrained|derived)\b")
_PARENTHESIS = re.compile(r"\s?\(\d")
_LONGEST_JOINT: Final = len(", and the ")
_JOINED = re.compile(r"(?:,\s(?:and\s|or\s)?|\sand\s|\sor\s|/|\s&\s)(?:the\s)?\Z")
_LOOK_BACK: Final = 48
_WORDS_BACK: Final = 4
"""Words before a name that are looked at: "datasets such as the"."""
_KEPT: Final = 100_000
"""Words and names of which is kept what they show."""


class Company(NamedTuple):
    """One occurrence of a name-shaped word, and what stands around it.

    Attributes:
        name: the word or words, without a plural s.
        cues: kinds of what stands beside it; "after_dataset" is the noun of a data set behind it.
        neighbours: the names beside it in a list ("A, B and C").
    """

    start: int
    end: int
    name: str
    cues: tuple[str, ...]
    neighbours: tuple[str, ...]


def companies(text: str) -> Iterator[Company]:
    """Yield the name-shaped words of a text in their order, with their cues."""
    chain: list[tuple[int, int, str]] = []
    reached = 0
    for place in names_in(text):
        start = place[0]
        if chain and not (
            start - reached <= _LONGEST_JOINT and _JOINED.fullmatch(text, reached, start)
        ):
            yield from _chain_companies(text, chain)
            chain = []
        chain.append(place)
        reached = place[1]
    if chain:
        yield from _chain_companies(text, chain)


def _chain_companies(text: str, chain: list[tuple[int, int, str]]) -> Iterator[Company]:
    """Yield the members of one list; what leads or ends the list holds for all of them."""
    shared = (*_before(text, chain[0][0], chain[-1][1]), *_after(text, chain[-1][1]))
    if len(chain) == 1:
        start, end, name = chain[0]
        if _may_be_name(name, shared):
            yield Company(start, end, name, shared, ())
        return
    last = len(chain) - 1
    for index, (start, end, name) in enumerate(chain):
        own = _after(text, end) if index < last else ()
        cues = tuple(dict.fromkeys((*shared, *own, "in_list")))
        if _may_be_name(name, cues):
            around = (*chain[max(0, index - 1) : index], *chain[index + 1 : index + 2])
            neighbours = tuple(other for _, _, other in around)
            yield Company(start, end, name, cues, neighbours)


def _may_be_name(name: str, cues: tuple[str, ...]) -> bool:
    """Whether it may be a name by itself, or with a noun behind it or before its list."""
    sure, perhaps = _verdicts(name)
    return sure or (perhaps and any(cue.startswith(("after_", "examples_")) for cue in cues))


@lru_cache(maxsize=_KEPT)
def _verdicts(name: str) -> tuple[bool, bool]:
    perhaps = is_name(name, is_certain=True)
    return perhaps and (" " in name or is_shaped(name)), perhaps


def _after(text: str, end: int) -> tuple[str, ...]:
    words = _NEXT_WORDS.match(text, end)
    if words:
        first, second = words.groups()
        if _begins_noun(first) or (second and _begins_noun(second)):
            noun = _AFTER.match(text, end)
            if noun:
                return (f"after_{noun.lastgroup}",)
        is_near_number = first[:1].isdigit() or first in _BEFORE_NUMBER
        if is_near_number and _NUMBER_AFTER.match(text, end):
            return ("number_after",)
        if first:
            return ()
    if _BASED.match(text, end):
        return ("based",)
    return ("number_bracketed",) if _PARENTHESIS.match(text, end) else ()


@lru_cache(maxsize=_KEPT)
def _begins_noun(word: str) -> bool:
    return bool(_BEGINS_NOUN.match(word))


def _before(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return what the words before a place show: a noun, examples of a noun, a verb, a number."""
    if is_after_clause(text, start, end):
        return ()
    before = text[max(0, start - _LOOK_BACK) : start].rstrip()
    words = before.rstrip(_BEFORE_NAME).rsplit(" ", _WORDS_BACK)
    if words[-1] in _ARTICLES:
        words.pop()
    if not words:
        return ()
    last = words[-1]
    is_such = last == "as" and words[-2:-1] == ["such"]
    if is_such or last.rstrip(",.") in _EXAMPLE_WORDS:
        nouns = words[: -2 if is_such else -1]
        kind = _kind_of_noun(nouns[-1]) if nouns else None
        return ("verb_like", f"examples_{kind}") if kind else ("verb_like",)
    shown = _shown_by(last, is_bracketed=before[-1:] == "(")
    paired = _PAIRS.get((words[-2], last)) if len(words) > 1 else None
    return (*(cue for cue in shown if not cue.startswith("verb_")), paired) if paired else shown


@lru_cache(maxsize=_KEPT)
def _shown_by(last: str, *, is_bracketed: bool) -> tuple[str, ...]:
    """Return what the last word before a place shows by itself: a noun, a verb or a number."""
    found: list[str] = []
    kind = _kind_of_noun(last)
    if kind:
        place = "examples" if is_bracketed or last[-1:] in ":," else "beside"
        found.append(f"{place}_{kind}")
    if last in _KIND_OF_VERB:
        found.append(_KIND_OF_VERB[last])
    elif last[-1:].isdigit() or last[-1:] == "%":
        found.append("number_before")
    elif stem := _STEM.match(last.lower()):
        found.append(f"verb_{_STEMS[stem.group()]}")
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def _kind_of_noun(word: str) -> str | None:
    """Return the type that a word before a place shows, where it is a noun."""
    noun = word.strip(",:(")
    kinds = (kind for kind, nouns in _KIND_OF_NOUN.items() if nouns.fullmatch(noun))
    return next(kinds, None) if noun.isalpha() else None
