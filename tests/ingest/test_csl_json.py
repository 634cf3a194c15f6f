"""CSL-JSON: what a citation becomes, what is rejected and why."""

import json

import pytest

from ingest.formats import choose_format

CSL = {
    "id": "a",
    "type": "paper-conference",
    "title": "T",
    "author": [{"family": "Müller", "given": "Jón"}, {"literal": "The Team"}],
    "issued": {"date-parts": [[2020, 5]]},
    "DOI": "10.1/x",
    "container-title": "NeurIPS",
    "URL": "https://example.org",
    "abstract": "We count.",
}


def test_a_citation_has_all_that_it_states(write, read):
    path = write("a.json", json.dumps([CSL, {"type": "article", "title": "U"}], indent=1))
    assert choose_format(path).name == "csl-json"
    first, second = read(path).records
    assert first == first | {
        "title": "T",
        "authors": "Jón Müller; The Team",
        "published": "2020-05",
        "published_kind": "proceedings",
        "doi": "10.1/x",
        "venue": "NeurIPS",
        "url": "https://example.org",
        "source_paper_id": None,
    }
    assert (second["published"], second["published_kind"]) == (None, None)


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [["2020"]]}, "2020"),
        ({"date-parts": [[2020, 5, 6], [2020, 5, 9]]}, "2020-05-06"),
        ({"raw": "2020-05"}, "2020-05"),
        ({"date-parts": [[]]}, None),
        ({"date-parts": 7}, None),
        ({}, None),
    ],
)
def test_dates_in_parts(write, read, issued, expected):
    (record,) = read(write("a.json", json.dumps([CSL | {"issued": issued}])), "csl-json").records
    assert record["published"] == expected


@pytest.mark.parametrize("wrong", [{"issued": 7}, {"author": ["A"]}, {"title": ["T"]}])
def test_citations_of_wrong_types_are_rejected(write, read, wrong):
    parsed = read(write("a.json", json.dumps([CSL | wrong, CSL])), "csl-json")
    assert (len(parsed.records), parsed.rules) == (1, [(1, "wrong_type")])
