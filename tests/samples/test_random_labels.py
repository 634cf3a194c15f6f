"""The labels of other people's papers: well-formed without their texts, refused beside others."""

import json
from typing import Any, cast

import pytest

from bench.labelled import LABELS, labelled, text_hash
from papertally.scoring.labels import ENTITY_TYPES

TITLE = "Named:  a title"
ABSTRACT = "We test\nNamed on Toy."


def stored() -> list[dict[str, Any]]:
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    return [cast("dict[str, Any]", json.loads(line)) for line in lines]


def paper(surface: str) -> dict[str, Any]:
    mention = {"section": "abstract", "start": 8, "end": 13, "surface": surface, "type": "model"}
    return {"paper_id": "x:1", "text_hash": text_hash(TITLE, ABSTRACT), "mentions": [mention]}


def test_mentions_are_well_formed_and_apart() -> None:
    for labels in stored():
        end_of = {"title": 0, "abstract": 0}
        for mention in labels["mentions"]:
            assert mention["type"] in ENTITY_TYPES
            assert mention["end"] - mention["start"] == len(mention["surface"])
            assert mention["start"] >= end_of[mention["section"]], labels["paper_id"]
            end_of[mention["section"]] = mention["end"]


def test_no_text_of_a_paper_is_kept() -> None:
    for labels in stored():
        assert set(labels) == {"paper_id", "corpus", "part", "text_hash", "mentions"}
        assert all(len(mention["surface"]) < 80 for mention in labels["mentions"])


def test_a_text_is_known_whatever_its_white_space() -> None:
    found = labelled([paper("Named")], [(TITLE, ABSTRACT)])
    assert [item["abstract"] for item in found] == ["We test Named on Toy."]
    assert not labelled([paper("Named")], [(TITLE, "Another text.")])


def test_a_label_that_is_not_in_its_text_is_refused() -> None:
    with pytest.raises(ValueError, match="not in its text"):
        labelled([paper("Other")], [(TITLE, ABSTRACT)])
