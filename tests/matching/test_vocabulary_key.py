"""The key of a vocabulary: everything that decides what is found, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.vocabulary import Alias, Cue, vocabulary_key

ALIASES = [
    Alias(1, "BERT", "model", "insensitive", "safe"),
    Alias(2, "GLUE", "dataset", "sensitive", "needs_context"),
    Alias(3, "glue", "dataset", "insensitive", "safe"),
]
CUES = [Cue("benchmark", "dataset", "adjacent_after"), Cue("model", "model", "sentence")]
KEY = vocabulary_key(ALIASES, CUES)


@given(st.permutations(ALIASES), st.permutations(CUES))
def test_the_order_does_not_count(aliases, cues):
    assert vocabulary_key(aliases, cues) == KEY
    assert vocabulary_key(iter(aliases), iter(cues)) == KEY


@pytest.mark.parametrize(
    "change",
    [
        {"alias_id": 4},
        {"alias": "bert"},
        {"alias": "BERT "},
        {"entity_type": "method"},
        {"case_rule": "sensitive"},
        {"ambiguity": "never_alone"},
    ],
    ids=str,
)
def test_every_field_of_an_alias_counts(change):
    assert vocabulary_key([replace(ALIASES[0], **change), *ALIASES[1:]], CUES) != KEY


@pytest.mark.parametrize(
    "change",
    [{"cue": "benchmarks"}, {"entity_type": "metric"}, {"position": "adjacent_before"}],
    ids=str,
)
def test_every_field_of_a_cue_counts(change):
    assert vocabulary_key(ALIASES, [replace(CUES[0], **change), *CUES[1:]]) != KEY


def test_every_row_counts():
    keys = {
        KEY,
        vocabulary_key(ALIASES[:2], CUES),
        vocabulary_key([*ALIASES, replace(ALIASES[0], alias_id=9)], CUES),
        vocabulary_key(ALIASES, CUES[:1]),
        vocabulary_key(ALIASES, []),
        vocabulary_key([], CUES),
        vocabulary_key([], []),
    }
    assert len(keys) == 7
