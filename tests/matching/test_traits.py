"""What a name looks like, and what the words around one place of it do."""

import pytest

from matching.heads import kind_of_head
from matching.traits import Surroundings, pair_traits, shape


def seen(text: str) -> set[str]:
    """The traits of the name between the square brackets."""
    start, end = text.index("["), text.index("]") - 1
    return set(Surroundings(text.replace("[", "").replace("]", "")).traits(start, end))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("At the first level, the [Sieve Loop] optimizes it.", {"article_the", "does_does"}),
        ("Two parts: (i) a [Rain Simulator] that drips", {"article_a", "numbered"}),
        ("It is hard. [Quux-X] attains 71.3%.", {"opens", "does_acts"}),
        ("[NewSet] contains two parts.", {"opens", "does_holds"}),
        ("In this work, we build on new data [QuuxBench] here", {"proposing"}),
        ("We propose a loss; the [LossX] fails", {"article_the"}),
        ("Soup with [Slow Stirring] of Leeks", {"linked_before", "linked_after"}),
        ("the New [York Times] Corpus", {"cut_before", "cut_after"}),
        ("automated [LLM-as]-cook", {"cut_after"}),
        ("a dataset called [NewSet]", {"article_new"}),
        ("as in [NewSet].", set()),
    ],
)
def test_words_around_a_name(text: str, shown: set[str]) -> None:
    assert seen(text) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Quux-Moon-72B", {"shape_number", "shape_hyphen", "shape_size"}),
        ("QuuxViT-B", {"shape_mixed", "shape_hyphen", "shape_camel", "shape_variant"}),
        ("NER", {"shape_capitals", "shape_short"}),
        ("Flower", {"shape_mixed", "shape_plain"}),
        ("English-Arabic", {"shape_mixed", "shape_hyphen", "language"}),
        (
            "Half-Sieve Loop",
            {"shape_words", "phrase_technique", "phrase_hyphen"},
        ),
    ],
)
def test_shape(name: str, shown: set[str]) -> None:
    assert set(shape(name)) == shown


@pytest.mark.parametrize(
    ("long", "kind"),
    [
        ("Gradual Sieve Refinement", "technique"),
        ("named entity recognition", "task"),
        ("leaf drop rates", "metric"),
        ("large language models", "kinds"),
        ("reinforcement learning", "thing"),
        ("a curated corpus", "dataset"),
        ("key indicators", "plural"),
        ("Sloped Tanh", "unknown"),
        ("", "unknown"),
    ],
)
def test_last_word_of_a_long_form(long: str, kind: str) -> None:
    assert kind_of_head(long) == kind
    assert f"head_{kind}" in pair_traits(long)


def test_capitals_and_plural_of_a_long_form() -> None:
    assert set(pair_traits("Graph of Thoughts")) > {"long_capitals", "long_plural"}
    assert "long_lower" in pair_traits("low-rank adaptation")
    assert "long_plural" not in pair_traits("cross-entropy loss")
