"""The company that a name-shaped word keeps: what stands directly around it.

Nothing is decided here. Each occurrence comes with the cues that were seen beside it; over many
papers they show what a name is, and `models/intermediate/` weighs them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from matching.clauses import is_after_clause
from matching.names import CLOSING_QUOTES, OPENING_QUOTES, WORD, is_name
from matching.phrases import GENERIC_WORDS

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
_KIND_OF_NOUN: Final = {kind: re.compile(nouns) for kind, nouns in _NOUNS.items()}
_EXAMPLE_WORDS: Final = frozenset(("such as", "like", "including", "e.g", "i.e", "namely"))
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
_BEFORE_NAME: Final = f"{OPENING_QUOTES}([{{"
_NUMBER_AFTER = re.compile(r"\s(?:(?:score\s)?(?:of|by|at|from)\s(?:up\sto\s|over\s)?)?\d")
_BASED = re.compile(r"-(?:based|style|like|trained|generated|powered|tuned|pretrained|derived)\b")
_PARENTHESIS = re.compile(r"\s?\(\d")
_NAME = re.compile(
    rf"(?<![\w@\\/.-])(?=[A-Z]|[a-z]++(?:[A-Z\d]|-[A-Z]))(?:{WORD})(?:\s(?=[A-Z])(?:{WORD}))*"
)
_FIRST = re.compile(r"(?:\A|[.!?:]\s)[\s\"'(]*\Z")
_JOINED = re.compile(r"(?:,\s(?:and\s|or\s)?|\sand\s|\sor\s|/|\s&\s)(?:the\s)?\Z")
_ENDING = re.compile(r"(.+?)((?:-[a-z]{3,})+)\Z")
_ENDS: Final = frozenset("s'\u2019")
_POSSESSIVE = re.compile(r"['\u2019]s?\Z")
_PLURAL = re.compile(r"[A-Z0-9]s\Z")
_MAX_WORDS: Final = 4
_LOOK_BACK: Final = 48


@dataclass(frozen=True, slots=True)
class Company:
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
    for start, end, name in _names(text):
        if chain and not _JOINED.fullmatch(text, chain[-1][1], start):
            yield from _chain_companies(text, chain)
            chain = []
        chain.append((start, end, name))
    if chain:
        yield from _chain_companies(text, chain)


def _names(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _NAME.finditer(text):
        words, start = match.group().split(), match.start()
        is_first = True
        while words and not _is_shaped(words[0]):
            # capitalised only because a sentence or a generic phrase begins with it
            is_first = is_first and bool(_FIRST.search(text, max(0, start - 4), start))
            if not is_first and words[0].lower() not in GENERIC_WORDS:
                break
            is_first = False
            start += len(words.pop(0)) + 1
        while words and words[-1].lower() in GENERIC_WORDS:
            words.pop()
        if not words or len(words) > _MAX_WORDS:
            continue
        name = " ".join(words)
        modified = _ENDING.match(name) if "-" in name else None
        name = _without_ending(modified.group(1) if modified else name)
        if len(name) > 1 and not name.isdigit():
            yield start, start + len(name), name


def _without_ending(name: str) -> str:
    """Return a name without possessive and without the plural s behind a capital or a digit."""
    if name[-1] not in _ENDS:
        return name
    name = _POSSESSIVE.sub("", name)
    return name[:-1] if _PLURAL.search(name) else name


@lru_cache(maxsize=20_000)
def _is_shaped(word: str) -> bool:
    return any(char.isupper() or char.isdigit() for char in word[1:])


def _chain_companies(text: str, chain: list[tuple[int, int, str]]) -> Iterator[Company]:
    """Yield the members of one list; what leads or ends the list holds for all of them."""
    shared = [*_before(text, chain[0][0], chain[-1][1]), *_after(text, chain[-1][1])]
    is_list = len(chain) > 1
    for index, (start, end, name) in enumerate(chain):
        cues = list(shared)
        if is_list:
            cues += [cue for cue in _after(text, end) if index < len(chain) - 1]
            cues.append("in_list")
        if not is_name(name, is_certain=" " in name or bool(_strong(cues))):
            continue
        around = (*chain[max(0, index - 1) : index], *chain[index + 1 : index + 2])
        neighbours = tuple(other for _, _, other in around)
        yield Company(start, end, name, tuple(dict.fromkeys(cues)), neighbours)


def _strong(cues: list[str]) -> list[str]:
    return [cue for cue in cues if cue.startswith(("after_", "examples_"))]


def _after(text: str, end: int) -> Iterator[str]:
    noun = _AFTER.match(text, end)
    if noun:
        yield f"after_{noun.lastgroup}"
    elif _NUMBER_AFTER.match(text, end):
        yield "number_after"
    elif _BASED.match(text, end):
        yield "based"
    elif _PARENTHESIS.match(text, end):
        yield "number_bracketed"


def _before(text: str, start: int, end: int) -> Iterator[str]:
    """Yield what the words before a place show: a noun, examples of a noun, a verb, a number."""
    if is_after_clause(text, start, end):
        return
    before = text[max(0, start - _LOOK_BACK) : start].rstrip()
    is_bracketed = before.endswith("(")
    words = before.rstrip(f"{_BEFORE_NAME} ").split(" ")
    if words[-1] in {"the", "both", "The"}:
        words.pop()
    if not words:
        return
    last = words[-1]
    pair = " ".join(words[-2:])
    if pair == "such as" or last.rstrip(",.") in _EXAMPLE_WORDS:
        nouns = words[: -2 if pair == "such as" else -1]
        yield "verb_like"
        yield from _noun_before(nouns, "examples")
        return
    yield from _noun_before(words, "examples" if is_bracketed or last[-1:] in ":," else "beside")
    if pair in {"compared to", "compared with", "comparable to"}:
        yield "verb_compared"
    elif pair in {"terms of", "measured by"}:
        yield "verb_measured"
    elif last in _KIND_OF_VERB:
        yield _KIND_OF_VERB[last]
    elif last[-1:].isdigit() or last[-1:] == "%":
        yield "number_before"
    elif stem := _STEM.match(last.lower()):
        yield f"verb_{_STEMS[stem.group()]}"


def _noun_before(words: list[str], place: str) -> Iterator[str]:
    """Yield the type of the last word before a place, where it is a noun that shows one."""
    noun = words[-1].strip(",:(") if words else ""
    if noun.isalpha():
        for kind, nouns in _KIND_OF_NOUN.items():
            if nouns.fullmatch(noun):
                yield f"{place}_{kind}"
                return
