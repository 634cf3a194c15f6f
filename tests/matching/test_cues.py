"""Words beside or near an ambiguous name that show what it is."""

import pytest

from matching.vocabulary import Cue

CUES = [
    Cue("benchmark", "dataset", "adjacent_after"),
    Cue("data set", "dataset", "adjacent_after"),
    Cue("evaluate on", "dataset", "adjacent_before"),
    Cue("corpus", "dataset", "sentence"),
    Cue("model", "model", "adjacent_after"),
    Cue("encoder", "model", "sentence"),
]


def flags(mention):
    return mention["has_adjacent_cue"], mention["has_sentence_cue"]


@pytest.mark.parametrize(
    ("text", "adjacent", "near"),
    [
        pytest.param("the MATH benchmark", True, False, id="behind it"),
        pytest.param("the MATH-benchmark", True, False, id="behind a hyphen"),
        pytest.param("the MATH BENCHMARK", True, False, id="in another case"),
        pytest.param('the "MATH" benchmark', True, False, id="behind quotes"),
        pytest.param("the (MATH) benchmark", True, False, id="behind a bracket"),
        pytest.param("the MATH data set", True, False, id="of two words"),
        pytest.param("the MATH\ndata\nset", True, False, id="over line breaks"),
        pytest.param("the MATH benchmarks", False, False, id="another word"),
        pytest.param("the MATH, benchmark", False, False, id="behind a comma"),
        pytest.param("the MATH new benchmark", False, False, id="not beside it"),
        pytest.param("benchmark MATH", False, False, id="on the wrong side"),
        pytest.param("we evaluate on MATH", True, False, id="before it"),
        pytest.param("we evaluate on: (MATH)", True, False, id="before a bracket"),
        pytest.param("we reevaluate on MATH", False, False, id="the end of another word"),
        pytest.param("MATH, the old corpus", False, True, id="later in the sentence"),
        pytest.param("a corpus like MATH", False, True, id="earlier in the sentence"),
        pytest.param("MATH. A corpus", False, False, id="in the next sentence"),
        pytest.param("One corpus. Then MATH", False, False, id="in the sentence before"),
        pytest.param("MATH corpora", False, False, id="another form"),
        pytest.param("a MATH benchmark corpus", True, True, id="both"),
        pytest.param("the MATH model, an encoder", False, False, id="cues of another type"),
        pytest.param("MATH", False, False, id="nothing"),
    ],
)
def test_a_cue_is_seen_where_it_stands(find_all, alias, text, adjacent, near):
    name = alias("MATH", entity_type="dataset", ambiguity="needs_context")
    ((mention,),) = find_all([text], [name], CUES)
    assert flags(mention) == (adjacent, near)


def test_each_reading_of_a_shared_spelling_has_its_own_cues(find_all, alias):
    names = [
        alias("MATH", 1, "dataset", ambiguity="needs_context"),
        alias("MATH", 2, "model", ambiguity="never_alone"),
    ]
    ((dataset, model),) = find_all(["the MATH benchmark with an encoder"], names, CUES)
    assert (flags(dataset), flags(model)) == ((True, False), (False, True))


def test_a_safe_name_is_not_looked_up(find_all, alias):
    ((mention,),) = find_all(
        ["the MATH benchmark corpus"], [alias("MATH", entity_type="dataset")], CUES
    )
    assert flags(mention) == (False, False)


def test_a_name_is_not_its_own_cue(find_all, alias):
    name = alias("Brown corpus", entity_type="dataset", ambiguity="needs_context")
    ((mention,),) = find_all(["the Brown corpus"], [name], CUES)
    assert flags(mention) == (False, False)


def test_a_cue_in_another_text_is_none(find_all, alias):
    name = alias("MATH", entity_type="dataset", ambiguity="needs_context")
    found = find_all(["we evaluate on", "MATH", " benchmark corpus"], [name], CUES)
    assert [flags(mention) for mention in found[1]] == [(False, False)]


def test_signs_in_a_cue_are_text_and_no_pattern(find_all, alias):
    name = alias("MATH", entity_type="dataset", ambiguity="needs_context")
    cues = [Cue("b.nchmark", "dataset", "adjacent_after"), Cue("(x|y)", "dataset", "sentence")]
    for text, adjacent in (("MATH benchmark y", False), ("MATH b.nchmark x", True)):
        ((mention,),) = find_all([text], [name], cues)
        assert flags(mention) == (adjacent, False)
