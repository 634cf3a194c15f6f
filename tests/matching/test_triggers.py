"""The quick ways to places in a text against the plain pattern, tried at every character."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import abbreviations, definitions, introductions, lists, names, titles
from matching.texts import Words
from matching.triggers import matches_at

TEXT = (
    "We we propose introduces present a novel new Our dataset, datasets: benchmarks, and models "
    "called which we call dubbed to by named FooNet BAR-2 mBERT T5 GPT4 Two iPhone U.S. the The "
    "(FOO) (Long Form Here) , , and / - — : ( ) . [ ] é É² test sets, metric score corpus model"
)
PARTS = TEXT.split()
texts = st.lists(st.sampled_from([*PARTS, "\n", "  "]), max_size=25).map(
    lambda parts: re.sub(r" (?=[,:])", "", " ".join(parts))
)


def spans(matches):
    return [(match.span(), match.groups()) for match in matches]


@settings(deadline=None, max_examples=300)
@given(texts)
def test_quick_searches_find_what_the_patterns_find(text):
    new_places = introductions._SAYS_NEW.places(text)
    for pattern in (
        introductions._NEW_NAMED,
        introductions._NEW_BRACKETED,
        introductions._OURS,
    ):
        assert spans(matches_at(pattern, text, new_places)) == spans(pattern.finditer(text))
    proposing = introductions._proposing_places(text)
    assert spans(matches_at(introductions._PROPOSED, text, proposing)) == spans(
        introductions._PROPOSED.finditer(text)
    )
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


def test_real_texts_agree_too(shared):
    for text in (shared / "seed" / "trending-papers.txt").read_text().splitlines()[:150]:
        test_quick_searches_find_what_the_patterns_find.hypothesis.inner_test(text)
        test_every_shaped_word_is_found_in_its_run.hypothesis.inner_test(text)


@pytest.mark.parametrize("word", ["new", "New", "renew"])
def test_words_are_found_inside_of_words_too(word):
    assert Words(["new", "New"]).places(f"a {word}") == [len(word) - 1]


def test_a_title_without_a_colon_opens_with_nothing():
    assert titles.title_opening("No name here") is None
