"""Long forms and short forms, both ways round."""

import pytest

from matching.abbreviations import abbreviation_pairs, abbreviations, spells, subtitle_pairs


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        pytest.param("Low-Rank Adaptation (LoRA)", {"LoRA": "Low-Rank Adaptation"}, id="hyphen"),
        pytest.param(
            "we use bidirectional gated units (BGU)",
            {"BGU": "bidirectional gated units"},
            id="initials, lower case",
        ),
        pytest.param(
            "the bag of visual words (BOVW)", {"BOVW": "bag of visual words"}, id="a small word"
        ),
        pytest.param(
            "the mean of average precision (MAP)",
            {"MAP": "mean of average precision"},
            id="a small word without a letter",
        ),
        pytest.param(
            "convolutional neural networks (CNNs)",
            {"CNN": "convolutional neural networks"},
            id="plural",
        ),
        pytest.param(
            "the area under the curve (AUC; higher is better)",
            {"AUC": "area under the curve"},
            id="a remark in the bracket",
        ),
        pytest.param(
            "the Graph Lifting dataset (GLD)", {"GLD": "Graph Lifting dataset"}, id="with its noun"
        ),
        pytest.param(
            "the Graph Lifting dataset (GL)", {"GL": "Graph Lifting"}, id="without its noun"
        ),
        pytest.param(
            "``Self-Taught Reasoner'' (STaR)", {"STaR": "Self-Taught Reasoner"}, id="inner letters"
        ),
        pytest.param("One. Two graphs lift (GL)", {"GL": "graphs lift"}, id="one sentence"),
        pytest.param("five (5) of them", {}, id="a number"),
        pytest.param("as shown (see below)", {}, id="no capital"),
        pytest.param("trees grow (XYZ)", {}, id="other letters"),
        pytest.param("graph (GL)", {}, id="one word"),
        pytest.param("GLX glx (GLX)", {}, id="itself"),
        pytest.param("(GL) graph lifting", {}, id="nothing before it"),
        pytest.param("İİİİ graph lifting (GL)", {"GL": "graph lifting"}, id="a letter that grows"),
    ],
)
def test_a_long_form_before_a_bracket(text, pairs):
    assert dict(abbreviations(text)) == pairs


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        pytest.param("LoRA (Low-Rank Adaptation)", {"LoRA": "Low-Rank Adaptation"}, id="bracket"),
        pytest.param("LoRA (a method of ours)", {}, id="a bracket that spells nothing"),
        pytest.param("Lora (Low-Rank Adaptation)", {}, id="a word without shape"),
        pytest.param(
            "GLIFT, short for Graph Lifting by Fast Trees, is quick",
            {"GLIFT": "Graph Lifting by Fast Trees"},
            id="short for",
        ),
        pytest.param(
            "GLIFT is short for Graph Lifting by Fast Trees.",
            {"GLIFT": "Graph Lifting by Fast Trees"},
            id="is short for",
        ),
        pytest.param(
            "Liger, short for linear gated recurrence.",
            {"Liger": "linear gated recurrence"},
            id="short for, one capital",
        ),
        pytest.param("GLIFT, which is short for graph lifting.", {}, id="a word between"),
        pytest.param("This is short for graph lifting.", {}, id="no name before it"),
        pytest.param("They fall short for want of data.", {}, id="another meaning"),
    ],
)
def test_a_short_form_before_its_long_form(text, pairs):
    assert abbreviation_pairs("", text) == pairs


def test_the_first_meaning_in_the_abstract_wins():
    pairs = abbreviation_pairs(
        "Segment Any Mark (SAM)", "Sharp Aware Moves (SAM), Sad Ale Mug (SAM)"
    )
    assert pairs == {"SAM": "Sharp Aware Moves"}


@pytest.mark.parametrize(
    ("title", "pairs"),
    [
        pytest.param(
            "GLIFT: Graph Lifting by Informed Fast Trees",
            {},
            id="only up to the first preposition",
        ),
        pytest.param(
            "DPR: Dense Passage Retrieval for Questions",
            {"DPR": "Dense Passage Retrieval"},
            id="all letters",
        ),
        pytest.param(
            "DPR-2: Dense Passage Retrieval", {"DPR-2": "Dense Passage Retrieval"}, id="a version"
        ),
        pytest.param("DPR: Finding Passages", {}, id="other words"),
        pytest.param("Our DPR: Dense Passage Retrieval", {}, id="two words before the colon"),
        pytest.param("DPR", {}, id="no colon"),
        pytest.param("", {}, id="no title"),
    ],
)
def test_a_subtitle_spells_the_name(title, pairs):
    assert subtitle_pairs(title) == pairs


@pytest.mark.parametrize(
    ("short", "long", "is_spelled"),
    [
        ("LoRA", "low-rank adaptation", True),
        ("BERT", "bidirectional encoder representations from transformers", True),
        ("BERT", "big trees", False),
        ("GL", "graph", False),
        ("G", "graph lifting", False),
        ("GL", "fast graph lifting", False),
        ("", "", False),
    ],
)
def test_letters_in_order_mostly_begin_words(short, long, is_spelled):
    assert spells(short, long) is is_spelled
