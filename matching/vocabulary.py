"""A vocabulary, compiled: every spelling as a pattern of one automaton."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from matching.folding import FOLD
from matching.scanner import Scanner
from matching.variants import spelling_variants
from matching.versions import is_event, versioned_names

CaseRule = Literal["insensitive", "sensitive"]
Ambiguity = Literal["safe", "needs_context", "never_alone"]
CuePosition = Literal["adjacent_before", "adjacent_after", "sentence"]

URL_MARKS: Final = (
    "://",
    "www.",
    *(f".{domain}/" for domain in ("ai", "co", "com", "dev", "edu", "gov", "io", "net", "org")),
)
"""What shows that the run of characters around it is a web address."""

_NUMBER: Final = rb"\d+(?:[., ]{1,2}\d+)*"
"""What "#" stands for in a cue."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling of one entity. `alias_id` is the caller's; it comes back with each span."""

    alias_id: int
    alias: str
    entity_type: str
    case_rule: CaseRule
    ambiguity: Ambiguity


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that shows that an ambiguous string beside or near it is of a type."""

    cue: str
    entity_type: str
    position: CuePosition


@dataclass(frozen=True)
class Vocabulary:
    """The automaton and, for each of its patterns, the entries that it stands for.

    Pattern `p` stands for the entries `entry_starts[p]:entry_starts[p + 1]`; the first
    `len(URL_MARKS)` patterns are web address marks and have none. All entry arrays have
    one element an entry. `entry_exact` is empty, and
    `entry_first_byte` 0, where any case is right.
    """

    patterns: tuple[bytes, ...]
    entry_starts: NDArray[np.int64]
    entry_alias_ids: NDArray[np.int64]
    entry_exact: tuple[bytes, ...]
    entry_first_byte: NDArray[np.uint8]
    entry_is_variant: NDArray[np.bool_]
    entry_is_model: NDArray[np.bool_]
    entry_takes_version: NDArray[np.bool_]
    entry_is_event: NDArray[np.bool_]
    entry_needs_cue: NDArray[np.bool_]
    entry_types: tuple[str, ...]
    cues: Mapping[tuple[str, CuePosition], re.Pattern[bytes]] = field(repr=False)

    @cached_property
    def pattern_takes_version(self) -> NDArray[np.bool_]:
        """Which patterns stand for a name that may have an unlisted version behind it."""
        before = np.concatenate(([0], np.cumsum(self.entry_takes_version)))
        taking: NDArray[np.bool_] = np.diff(before[self.entry_starts]) > 0
        return taking

    @cached_property
    def scanner(self) -> Scanner:
        """The automaton over all patterns; built once, shared by threads."""
        marks = len(URL_MARKS)
        return Scanner(self.patterns[marks:], marks=self.patterns[:marks])


def vocabulary_key(aliases: Iterable[Alias], cues: Iterable[Cue]) -> str:
    """Return a digest of everything that decides what is found; the order does not count."""
    rows = sorted(
        [[a.alias_id, a.alias, a.entity_type, a.case_rule, a.ambiguity] for a in aliases]
    ) + sorted([[c.cue, c.entity_type, c.position] for c in cues])
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]


def compile_vocabulary(aliases: Sequence[Alias], cues: Sequence[Cue] = ()) -> Vocabulary:
    """Compile spellings, their rule-made variants and cues into one searchable object.

    A variant never displaces a listed spelling: where "GPT4" is listed for one entity and
    follows by rule from another's "GPT-4", the listing wins.
    """
    listed: dict[bytes, set[str]] = {}
    for alias in aliases:
        listed.setdefault(alias.alias.encode().translate(FOLD), set()).add(alias.entity_type)
    entries: dict[bytes, list[tuple[Alias, bytes, bool]]] = {}
    for alias in sorted(aliases, key=lambda a: a.alias_id):
        for spelling in spelling_variants(alias.alias):
            pattern = spelling.encode().translate(FOLD)
            is_variant = spelling != alias.alias
            if pattern and not (is_variant and pattern in listed):
                entries.setdefault(pattern, []).append((alias, spelling.encode(), is_variant))
    versioned = versioned_names((alias.entity_type, alias.alias) for alias in aliases)
    ordered = sorted(entries)
    flat = [entry for pattern in ordered for entry in entries[pattern]]
    counts = [0] * (len(URL_MARKS) + 1) + [len(entries[pattern]) for pattern in ordered]
    return Vocabulary(
        patterns=(*(mark.encode() for mark in URL_MARKS), *ordered),
        entry_starts=np.cumsum(counts, dtype=np.int64),
        entry_alias_ids=np.array([alias.alias_id for alias, _, _ in flat], dtype=np.int64),
        entry_exact=tuple(
            spelling if alias.case_rule == "sensitive" else b"" for alias, spelling, _ in flat
        ),
        entry_first_byte=np.array(
            [spelling[0] if a.case_rule == "sensitive" else 0 for a, spelling, _ in flat],
            dtype=np.uint8,
        ),
        entry_is_variant=np.array([is_variant for _, _, is_variant in flat], dtype=np.bool_),
        entry_is_model=np.array([a.entity_type == "model" for a, _, _ in flat], dtype=np.bool_),
        entry_takes_version=np.array(
            [(a.entity_type, spelling.translate(FOLD)) in versioned for a, spelling, _ in flat],
            dtype=np.bool_,
        ),
        entry_is_event=np.array(
            [
                is_event(a.entity_type, spelling.translate(FOLD), versioned)
                for a, spelling, _ in flat
            ],
            dtype=np.bool_,
        ),
        entry_needs_cue=np.array([a.ambiguity != "safe" for a, _, _ in flat], dtype=np.bool_),
        entry_types=tuple(alias.entity_type for alias, _, _ in flat),
        cues=_compile_cues(cues),
    )


def _compile_cues(cues: Iterable[Cue]) -> dict[tuple[str, CuePosition], re.Pattern[bytes]]:
    words: dict[tuple[str, CuePosition], set[bytes]] = {}
    for cue in cues:
        folded = re.escape(cue.cue.encode().translate(FOLD)).replace(rb"\#", _NUMBER)
        words.setdefault((cue.entity_type, cue.position), set()).add(folded)
    compiled: dict[tuple[str, CuePosition], re.Pattern[bytes]] = {}
    for (entity_type, position), choices in words.items():
        any_of = b"(?:" + b"|".join(sorted(choices, key=len, reverse=True)) + b")"
        compiled[entity_type, position] = re.compile(
            {
                "adjacent_after": rb"[\"'`)\]}]*[ -]" + any_of + rb"\b",
                "adjacent_before": rb"\b" + any_of + rb"[,:]? [\"'`(\[{]*\Z",
                "sentence": rb"\b" + any_of + rb"\b",
            }[position]
        )
    return compiled
