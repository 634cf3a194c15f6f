"""Where two vocabularies cannot differ on a text, they do not."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import compile_vocabulary, find_mentions
from matching.differences import Differences
from matching.vocabulary import Alias, Cue

SPELLINGS = [
    "GPT-4",
    "GPT4",
    "GPT-4o",
    "gpt 4",
    "BERT",
    "BERTScore",
    "Score",
    "é-Net",
    "CLIP",
    "AR",
]
ALIAS = st.builds(
    Alias,
    st.integers(1, 2**62),
    st.sampled_from(SPELLINGS),
    st.sampled_from(["model", "metric"]),
    st.sampled_from(["sensitive", "insensitive"]),
    st.sampled_from(["safe", "needs_context"]),
)
ALIASES = st.lists(ALIAS, max_size=6, unique_by=lambda alias: alias.alias_id)
TEXT = st.lists(
    st.sampled_from([*SPELLINGS, "s", "score", "the", "AR-GPT4s", "https://x.org/BERT", "-", "."]),
    max_size=7,
).map(" ".join)
CUES = [Cue("score", "metric", "sentence"), Cue("the", "model", "adjacent_before")]


@settings(max_examples=60, deadline=None)
@given(ALIASES, ALIASES, ALIASES, st.lists(st.none() | TEXT, min_size=1, max_size=8))
def test_a_text_without_a_changed_name_keeps_its_mentions(shared, added, removed, texts):
    old, new = (
        compile_vocabulary(list({a.alias_id: a for a in aliases}.values()), CUES)
        for aliases in (shared + removed, shared + added)
    )
    array = pa.array(texts, type=pa.string())
    may = Differences(old, new).may_show(array)
    before, after = (find_mentions(array, vocabulary).to_pylist() for vocabulary in (old, new))
    for shows, one, other in zip(may, before, after, strict=True):
        assert shows or one == other


def test_only_texts_with_the_new_name_may_differ():
    bert = Alias(1, "BERT", "model", "insensitive", "safe")
    old = compile_vocabulary([bert])
    new = compile_vocabulary([bert, Alias(2, "GPT-4", "model", "insensitive", "safe")])
    texts = pa.array(["BERT", None, "of GPT 4", "gpt-4s and BERT", "", "egpt-4"])
    assert Differences(old, new).may_show(texts).tolist() == [0, 0, 1, 1, 0, 0]
    assert not Differences(old, old).may_show(texts).any()


def test_other_cues_may_differ_everywhere():
    aliases = [Alias(1, "BERT", "model", "insensitive", "never_alone")]
    old, new = compile_vocabulary(aliases), compile_vocabulary(aliases, CUES)
    assert Differences(old, new).may_show(pa.array(["x", None])).all()
