"""What holds for every text, vocabulary and batch."""

from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import compile_vocabulary, find_mentions
from matching.vocabulary import Alias, Cue

ALIASES = [
    Alias(10, "BERT", "model", "insensitive", "safe"),
    Alias(11, "RoBERTa", "model", "sensitive", "safe"),
    Alias(12, "GPT-4", "model", "insensitive", "safe"),
    Alias(13, "GPT-4o", "model", "sensitive", "safe"),
    Alias(14, "GPT-3.5", "model", "insensitive", "safe"),
    Alias(15, "GLUE", "dataset", "sensitive", "needs_context"),
    Alias(16, "GLUE", "metric", "insensitive", "needs_context"),
    Alias(17, "chain of thought", "method", "insensitive", "safe"),
    Alias(18, "chain", "method", "insensitive", "never_alone"),
    Alias(19, "β-VAE", "model", "insensitive", "safe"),
    Alias(20, "4", "dataset", "insensitive", "safe"),
]
CUES = [
    Cue("benchmark", "dataset", "adjacent_after"),
    Cue("score", "metric", "adjacent_before"),
    Cue("test", "dataset", "sentence"),
    Cue("test", "method", "sentence"),
]
VOCABULARY = compile_vocabulary(ALIASES, CUES)

pieces = st.sampled_from(
    [alias.alias for alias in ALIASES]
    + ["GPT4", "bert", "-base", "-70B", " 8x7B", "s", "'s", "-based", "-CRF", "https://", "www."]
    + [".com/", " ", " ", "\n", ". ", "No. ", "e.g. ", "We ", "benchmark", "score", "test", ")"]
    + ["(", '"', "é", "使用", "😀", "β", "\u00d7", "\\", "$_{", "}", "3.5", "@", "+", "\0", "x"]
) | st.text(max_size=3)
texts = st.lists(pieces, max_size=14).map("".join)
batches = st.lists(texts, max_size=6)


def find(array, vocabulary=VOCABULARY):
    return find_mentions(array, vocabulary).to_pylist()


def strings(values):
    return pa.array(values, type=pa.string())


@settings(deadline=None, max_examples=300)
@given(texts)
def test_every_mention_is_a_span_of_its_text(text):
    (mentions,) = find(strings([text]))
    for mention in mentions:
        start, end = mention["start_char"], mention["end_char"]
        assert 0 <= mention["sentence_start"] <= start < end <= mention["sentence_end"] <= len(text)
        assert text[start:end] == mention["surface"]
        sentence = text[mention["sentence_start"] : mention["sentence_end"]]
        assert sentence == sentence.strip(" \t\n\r\v\f")


@settings(deadline=None, max_examples=300)
@given(texts)
def test_mentions_are_in_order_and_overlap_only_as_equal_spans(text):
    (mentions,) = find(strings([text]))
    for one, two in pairwise(mentions):
        first, second = ((m["start_char"], m["end_char"], m["alias_id"]) for m in (one, two))
        assert first[:2] == second[:2] or first[1] <= second[0]
        assert first != second


@settings(deadline=None, max_examples=300)
@given(batches)
def test_a_batch_finds_what_each_text_has_alone(batch):
    assert find(strings(batch)) == [find(strings([text]))[0] for text in batch]


@settings(deadline=None)
@given(batches.flatmap(lambda batch: st.tuples(st.just(batch), st.permutations(range(len(batch))))))
def test_the_order_of_the_texts_does_not_matter(drawn):
    batch, order = drawn
    found = find(strings(batch))
    assert find(strings([batch[at] for at in order])) == [found[at] for at in order]


@settings(deadline=None)
@given(texts, st.permutations(ALIASES), st.permutations(CUES))
def test_the_order_of_the_vocabulary_does_not_matter(text, aliases, cues):
    batch = strings([text, f"GLUE test {text}", "GPT 4 GLUE benchmark"])
    assert find(batch, compile_vocabulary(aliases, cues)) == find(batch)


def sliced(batch):
    return strings(["GPT-4 é. BERT", None, *batch, "RoBERTa", None]).slice(2, len(batch))


def chunked(batch):
    middle = len(batch) // 2
    parts = [strings(batch[:middle]), strings([]), strings(batch[middle:])]
    return pa.chunked_array([strings([]), *parts], type=pa.string())


def chunks_of_slices(batch):
    return pa.chunked_array([sliced(batch[:1]), sliced(batch[1:])], type=pa.string())


@pytest.mark.parametrize(
    "shape",
    [
        sliced,
        chunked,
        chunks_of_slices,
        lambda batch: pa.array(batch, type=pa.large_string()),
        lambda batch: pa.array(["x", *batch], type=pa.large_string()).slice(1),
        lambda batch: pa.array(batch, type=pa.string_view()),
        lambda batch: strings(batch).dictionary_encode(),
    ],
    ids=["sliced", "chunked", "chunks of slices", "large", "large sliced", "view", "dictionary"],
)
@settings(deadline=None, max_examples=40)
@given(batch=st.lists(texts | st.none(), max_size=6))
def test_every_shape_of_array_gives_the_same_mentions(shape, batch):
    expected = [find(strings([text]))[0] if text is not None else [] for text in batch]
    assert find(shape(batch)) == expected


@pytest.mark.parametrize(
    ("array", "count"),
    [
        pytest.param(strings([]), 0, id="no text"),
        pytest.param(pa.chunked_array([], type=pa.string()), 0, id="no chunk"),
        pytest.param(strings(["", ""]), 2, id="empty texts"),
        pytest.param(strings([None, None]), 2, id="nulls"),
        pytest.param(pa.nulls(3), 3, id="null type"),
        pytest.param(strings(["."]), 1, id="one character"),
    ],
)
def test_texts_without_content_have_no_mentions(array, count):
    assert find(array) == [[]] * count


def test_a_null_is_no_text_and_does_not_shift_the_others():
    found = find(strings([None, "BERT", "", None, "é GPT-4"]))
    assert [[m["surface"] for m in mentions] for mentions in found] == [
        [],
        ["BERT"],
        [],
        [],
        ["GPT-4"],
    ]
    assert found[4][0]["start_char"] == 2


def test_a_name_over_two_texts_is_none():
    assert find(strings(["we use BE", "RT and chain", " of thought, https:", "//BERT"])) == [
        [],
        find(strings(["RT and chain"]))[0],
        [],
        find(strings(["//BERT"]))[0],
    ]


@pytest.mark.parametrize("aliases", [[], [Alias(1, "", "model", "insensitive", "safe")]], ids=repr)
def test_a_vocabulary_without_spellings_finds_nothing(aliases):
    assert find(strings(["BERT https://x.org", ""]), compile_vocabulary(aliases)) == [[], []]
