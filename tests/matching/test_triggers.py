"""The quick ways to places in a text against the plain pattern, tried at every character."""

import re

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    abbreviations,
    company,
    definitions,
    introductions,
    lists,
    names,
    runs,
    shapes,
    titles,
)
from matching.texts import Batch, Words
from matching.triggers import matches_at

TEXT = (
    "We we propose introduces present a novel new Our dataset, datasets: benchmarks, and models "
    "called which we call dubbed to by named FooNet BAR-2 mBERT T5 GPT4 Two iPhone U.S. the The "
    "(FOO) (Long Form Here) "
    "data t5 e-SNLI x- 3D-Net A.B @C K&R team's shared task , , and / - — : ( ) . [ ] "
    "é É² test sets, metric score corpus model"
)
PARTS = TEXT.split()
texts = st.lists(st.sampled_from([*PARTS, "\n", "  "]), max_size=25).map(
    lambda parts: re.sub(r" (?=[,:])", "", " ".join(parts))
)


def spans(matches):
    return [(match.span(), match.groups()) for match in matches]


def plainly_proposed(text, pairs):
    for match in introductions._PROPOSED.finditer(text):
        if not introductions._NO_NAME_BETWEEN.search(match.group("between")):
            name = names.name_at(text, match.end(), pairs)
            if name:
                yield name


@settings(deadline=None, max_examples=300)
@given(texts)
def test_quick_searches_find_what_the_patterns_find(text):
    new_places = introductions._new_places(text)
    for pattern in (
        introductions._NEW_NAMED,
        introductions._NEW_BRACKETED,
        introductions._OURS,
    ):
        assert spans(matches_at(pattern, text, new_places)) == spans(pattern.finditer(text))
    for pairs in ({}, {"FOO": "dataset called", "BAR": "models"}):
        assert list(introductions._proposed(text, pairs)) == list(plainly_proposed(text, pairs))
    assert spans(definitions._named_types(text)) == spans(definitions._NAMED_TYPE.finditer(text))
    first = abbreviations._before_brackets(text)
    assert spans(matches_at(abbreviations._SHORT_FIRST, text, first)) == spans(
        abbreviations._SHORT_FIRST.finditer(text)
    )
    listed = spans(lists._LIST.finditer(text))
    assert spans(matches_at(lists._LIST, text, lists._LEADING.places(text))) == listed
    assert not listed or lists._NOUN_ENDS.places(text)


@settings(deadline=None, max_examples=300)
@given(texts)
def test_every_shaped_word_is_found_in_its_run(text):
    pattern = introductions._NAME_START
    quick = {match.span() for match in names.shaped_words(text, pattern)}
    plain = {match.span() for match in pattern.finditer(text)}
    shaped = {span for span in plain if names.is_shaped(text[slice(*span)])}
    assert shaped <= quick <= plain


@settings(deadline=None, max_examples=300)
@given(texts)
def test_names_of_a_company_are_looked_for_where_they_begin(text):
    begins = shapes.NAME_BEGINS.places(text)
    assert spans(matches_at(runs._NAME, text, begins)) == spans(runs._NAME.finditer(text))
    for end in range(len(text)):
        plain = company._AFTER.match(text, end)
        noun = [cue for cue in company._after(text, end) if cue.startswith("after_")]
        assert noun == ([f"after_{plain.lastgroup}"] if plain else [])


@settings(deadline=None)
@given(st.lists(texts, max_size=5))
def test_a_batch_shows_the_places_that_its_texts_show_alone(batch):
    read = list(Batch.of(pa.array(batch, pa.string())).strings())
    for trigger in (*Words.listed, shapes.NAME_BEGINS, shapes.SHAPED_RUNS):
        assert [trigger.places(text) for text in read] == [trigger.places(str(t)) for t in batch]
    assert [str(text) for text in read] == batch


def test_real_texts_agree_too(shared):
    for text in (shared / "seed" / "trending-papers.txt").read_text().splitlines()[:150]:
        test_quick_searches_find_what_the_patterns_find.hypothesis.inner_test(text)
        test_every_shaped_word_is_found_in_its_run.hypothesis.inner_test(text)
        test_names_of_a_company_are_looked_for_where_they_begin.hypothesis.inner_test(text)


@pytest.mark.parametrize("word", ["new", "New", "renew"])
def test_words_are_found_inside_of_words_too(word):
    assert Words(["new", "New"]).places(f"a {word}") == [len(word) - 1]


def test_a_title_without_a_colon_opens_with_nothing():
    assert titles.title_opening("No name here") is None
