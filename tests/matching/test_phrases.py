"""Nouns that show what a name is."""

import pytest

from matching.phrases import type_of_name, type_of_phrase


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("novel framework for parsing", "method"),
        ("large-scale dataset of models", "dataset"),
        ("language model trained on a corpus", "model"),
        ("model-based benchmark", "dataset"),
        ("automatic evaluation metric", "metric"),
        ("family of language models", "model"),
        ("series of benchmarks", "dataset"),
        ("suite of sets of metrics", "metric"),
        ("new task", "other"),
        ("open-source library", "other"),
        ("theory of everything", "other"),
        ("benchmarks", "dataset"),
        ("corpora", "dataset"),
        ("test sets", "dataset"),
        ("pre-training method", "method"),
        ("model, a dataset", "model"),
        ("thing", None),
        ("for a dataset", None),
        ("family of", None),
        ("", None),
        (" of  of ", None),
    ],
)
def test_the_head_noun_shows_the_type(phrase, kind):
    assert type_of_phrase(phrase) == kind


@pytest.mark.parametrize(
    ("phrase", "kind"), [("benchmark dataset", "dataset"), ("dataset results", None)]
)
def test_an_exact_phrase_ends_with_its_noun(phrase, kind):
    assert type_of_phrase(phrase, is_exact=True) == kind


def test_groups_of_groups_do_not_nest_too_deep():
    assert type_of_phrase("set of " * 5000 + "models") == "model"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("TriviaQA", "dataset"),
        ("ZorBench", "dataset"),
        ("ZorBench-v2", "dataset"),
        ("ZorScore", "metric"),
        ("ZorNet", "model"),
        ("ZorBERT", "model"),
        ("ZorGPT-XL", "model"),
        ("Zorvex", None),
        ("Netherworld", None),
        ("", None),
    ],
)
def test_the_end_of_a_name_suggests_a_type(name, kind):
    assert type_of_name(name) == kind
