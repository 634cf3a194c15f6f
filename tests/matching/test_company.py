"""What stands around a name-shaped word, and where the word stands."""

import pyarrow as pa
import pytest

from matching import find_companies
from matching.company import companies


def cues_of(text: str, name: str) -> set[str]:
    return {cue for found in companies(text) if found.name == name for cue in found.cues}


@pytest.mark.parametrize(
    ("text", "name", "cue"),
    [
        ("We report results on the WikiHop dataset.", "WikiHop", "after_dataset"),
        ("It beats models such as OPT-IML and BLOOMZ.", "BLOOMZ", "examples_model"),
        ("Results on MultiRC and ReCoRD improve.", "ReCoRD", "verb_on"),
        ("It is faster compared to FlashFFT.", "FlashFFT", "verb_compared"),
        ("Measured in terms of CIDEr.", "CIDEr", "verb_measured"),
        ("Two toolkits (FairSeq, ESPnet) are used.", "FairSeq", "examples_other"),
        ("A ResNeXt-based detector.", "ResNeXt", "based"),
    ],
)
def test_cues_beside_a_name(text: str, name: str, cue: str) -> None:
    assert cue in cues_of(text, name)


def test_what_leads_or_ends_a_list_holds_for_all_of_it() -> None:
    found = list(companies("We test on the FooQA, BarQA, and BazQA benchmarks."))
    assert [one.name for one in found] == ["FooQA", "BarQA", "BazQA"]
    assert all({"verb_on", "after_dataset", "in_list"} <= set(one.cues) for one in found)
    assert found[1].neighbours == ("FooQA", "BazQA")


@pytest.mark.parametrize("text", ["However, This is plain. Results are good.", "", "no names here"])
def test_plain_words_are_no_names(text: str) -> None:
    assert list(companies(text)) == []


def test_plural_and_possessive_are_shed() -> None:
    assert [found.name for found in companies("Many DiTs use FlowNet's layers.")] == [
        "DiT",
        "FlowNet",
    ]


def test_places_are_code_points_and_links_hold_nothing() -> None:
    text = "Naïve “é” on FooQA data; see https://github.com/FooQA/BarQA for more."
    (found,) = find_companies(pa.array([text, None])).to_pylist()[0]
    assert text[found["start_char"] : found["end_char"]] == "FooQA"
    assert find_companies(pa.array([None], pa.string())).to_pylist() == [[]]


def test_a_saved_page_holds_no_names() -> None:
    page = "On FooQA 3Downloads MetricsTotal Citations30Total Downloads766Last 12 Months92 BarQA"
    assert find_companies(pa.array([page])).to_pylist() == [[]]
    assert find_companies(pa.array(["Total Citations of FooQA rise."])).to_pylist() != [[]]
