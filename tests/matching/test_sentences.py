"""The sentence of a mention: where it begins and ends."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("We use BERT. We win.", "We use BERT.", id="BERT. We"),
        pytest.param("We win. We use BERT.", "We use BERT.", id="the last sentence"),
        pytest.param("Why? BERT! Yes.", "BERT!", id="other ends"),
        pytest.param("no stop BERT here", "no stop BERT here", id="no stop"),
        pytest.param("  BERT  ", "BERT", id="white space around"),
        pytest.param("One. \n BERT is.\n\nTwo.", "BERT is.", id="line breaks"),
        pytest.param("We, e.g. Smith, use BERT.", "We, e.g. Smith, use BERT.", id="e.g."),
        pytest.param("Smith et al. BERT is", "Smith et al. BERT is", id="et al."),
        pytest.param("Smith et al., BERT is", "Smith et al., BERT is", id="et al.,"),
        pytest.param("In Fig. 3 BERT wins.", "In Fig. 3 BERT wins.", id="Fig. 3"),
        pytest.param("In (Fig. 3) BERT wins.", "In (Fig. 3) BERT wins.", id="(Fig. 3)"),
        pytest.param("GPT vs. BERT.", "GPT vs. BERT.", id="vs."),
        pytest.param("By J. Devlin, BERT.", "By J. Devlin, BERT.", id="initials"),
        pytest.param("It has 3.5 M. BERT", "It has 3.5 M. BERT", id="one letter"),
        pytest.param("At 92.3 BERT wins.", "At 92.3 BERT wins.", id="decimals"),
        pytest.param("At 92.3% BERT wins. So", "At 92.3% BERT wins.", id="decimals and a stop"),
        pytest.param("Scores 92. BERT wins", "BERT wins", id="a number ends a sentence"),
        pytest.param("BERT.js is. It", "BERT.js is.", id="a stop inside a word"),
        pytest.param("Wow! then BERT came.", "Wow! then BERT came.", id="lower case goes on"),
        pytest.param('It is "new." BERT is', "BERT is", id="a closing quote"),
        pytest.param("(It is new.) BERT is", "BERT is", id="a closing bracket"),
        pytest.param('("New.") BERT is', "BERT is", id="quote and bracket"),
        pytest.param('New. "BERT" is', '"BERT" is', id="an opening quote"),
        pytest.param("New. (BERT) is. X", "(BERT) is.", id="an opening bracket"),
        pytest.param("Neu. Über BERT hinaus.", "Über BERT hinaus.", id="not ASCII"),
        pytest.param("é. 使用BERT。", "使用BERT。", id="CJK"),
    ],
)
def test_the_sentence_around_a_name(sentences, text, expected):
    assert sentences(text) == [expected]


def test_every_mention_has_its_own_sentence(sentences):
    text = "BERT is old. Is BERT good? We say BERT, BERT."
    assert sentences(text) == [
        "BERT is old.",
        "Is BERT good?",
        "We say BERT, BERT.",
        "We say BERT, BERT.",
    ]


def test_a_name_that_holds_a_sentence_end_is_not_cut(sentences):
    text = "We play Yes! Maybe! Often. So"
    assert sentences(text, "Yes! Maybe") == ["We play Yes! Maybe"]


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        pytest.param("abc", "No. BERT is", "No. BERT is", id="an abbreviation begins the row"),
        pytest.param("It ends.", ") BERT is", ") BERT is", id="a bracket begins the row"),
        pytest.param("It ends.", '" BERT is', '" BERT is', id="a quote begins the row"),
        pytest.param("It ends", ". BERT is", "BERT is", id="a stop begins the row"),
        pytest.param("see fi", "g. BERT is", "g. BERT is", id="two halves of an abbreviation"),
        pytest.param("no stop", "BERT is", "BERT is", id="no stop in the row before"),
        pytest.param("", "BERT is", "BERT is", id="an empty row before"),
    ],
)
@pytest.mark.parametrize("after", ["", "next", " next. X", ") x"], ids=repr)
def test_no_row_is_cut_by_its_neighbours(find_all, alias, before, text, expected, after):
    ((mention,),) = find_all([before, text, after], [alias("BERT")])[1:2]
    assert text[mention["sentence_start"] : mention["sentence_end"]] == expected
