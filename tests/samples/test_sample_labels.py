"""The labels of the embedded papers, by the guidelines."""

from itertools import pairwise

import pytest

TYPES = {"model", "dataset", "metric", "method"}
FIELDS = {"section", "start", "end", "surface", "type", "entity", "introduced"}


@pytest.fixture
def labels(labelled):
    """Every label with its paper."""
    return [(paper, label) for paper in labelled for label in paper["mentions"]]


def test_at_least_sixty_papers_are_labelled_once_each(labelled):
    assert len(labelled) >= 60
    assert len({paper["paper_id"] for paper in labelled}) == len(labelled)


def test_every_labelled_text_is_that_of_the_paper(papers, labelled):
    texts = {paper["paper_id"]: (paper["title"], paper["abstract"]) for paper in papers}
    for paper in labelled:
        assert (paper["title"], paper["abstract"]) == texts[paper["paper_id"]], paper["paper_id"]


def test_every_label_has_every_field_of_a_valid_kind(labels):
    for paper, label in labels:
        where = paper["paper_id"], label
        assert set(label) == FIELDS, where
        assert label["section"] in {"title", "abstract"}, where
        assert label["type"] in TYPES, where
        assert isinstance(label["introduced"], bool), where
        assert label["entity"].strip(), where


def test_every_surface_is_the_text_between_its_offsets(labels):
    for paper, label in labels:
        text = paper[label["section"]]
        assert 0 <= label["start"] < label["end"] <= len(text), (paper["paper_id"], label)
        assert text[label["start"] : label["end"]] == label["surface"], (paper["paper_id"], label)


def test_no_surface_begins_or_ends_with_a_space(labels):
    assert [label for _, label in labels if label["surface"] != label["surface"].strip()] == []


def test_no_surface_is_cut_out_of_a_word(labels):
    cut = [
        (paper["paper_id"], label)
        for paper, label in labels
        if paper[label["section"]][max(0, label["start"] - 1) : label["start"]].isalnum()
        or paper[label["section"]][label["end"] : label["end"] + 1].isalnum()
    ]
    assert cut == []


def test_no_two_labels_overlap(labelled):
    for paper in labelled:
        for section in ("title", "abstract"):
            spans = sorted(
                (label["start"], label["end"])
                for label in paper["mentions"]
                if label["section"] == section
            )
            assert all(one[1] <= two[0] for one, two in pairwise(spans)), paper["paper_id"]


def test_an_entity_has_one_introduction_and_type_in_a_paper(labelled):
    for paper in labelled:
        kinds = {}
        for label in paper["mentions"]:
            kind = label["type"], label["introduced"]
            assert kinds.setdefault(label["entity"], kind) == kind, (paper["paper_id"], label)


def test_all_types_are_labelled(labels):
    assert {label["type"] for _, label in labels} == TYPES
