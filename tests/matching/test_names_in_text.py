"""Which occurrences of a spelling are mentions: whole names, longest first, outside URLs."""

import pytest


@pytest.mark.parametrize(
    ("text", "spellings", "found"),
    [
        pytest.param(
            "BERT, RoBERTa and BERTScore",
            ("BERT", "RoBERTa", "BERTScore"),
            ["BERT", "RoBERTa", "BERTScore"],
            id="names inside names",
        ),
        pytest.param("RoBERTa and BERTScore", ("BERT",), [], id="only the inner name is listed"),
        pytest.param(
            "GPT-3, GPT-3.5, GPT-3.",
            ("GPT-3", "GPT-3.5"),
            ["GPT-3", "GPT-3.5", "GPT-3"],
            id="GPT-3 and GPT-3.5",
        ),
        pytest.param("GPT-3.5 and GPT3.5", ("GPT-3",), [], id="no version 3 in 3.5"),
        pytest.param(
            "GPT-4, GPT-4o, GPT-4.",
            ("GPT-4", "GPT-4o"),
            ["GPT-4", "GPT-4o", "GPT-4"],
            id="4 and 4o",
        ),
        pytest.param("GPT-4o", ("GPT-4",), [], id="no GPT-4 in GPT-4o"),
        pytest.param("GPT4, GPT 4", ("GPT-4",), ["GPT4", "GPT 4"], id="GPT4 and GPT 4"),
        pytest.param("DA-CLIP", ("CLIP",), [], id="DA-CLIP"),
        pytest.param("DA-CLIP", ("CLIP", "DA-CLIP"), ["DA-CLIP"], id="DA-CLIP listed"),
        pytest.param("CLIP-based, CLIP-Based", ("CLIP",), ["CLIP", "CLIP"], id="CLIP-based"),
        pytest.param("T5-type, BERT-like", ("T5", "BERT"), ["T5", "BERT"], id="-type and -like"),
        pytest.param("CLIP-SCGI", ("CLIP",), [], id="CLIP-SCGI"),
        pytest.param("BERT-CRF", ("BERT", "CRF"), [], id="BERT-CRF"),
        pytest.param("GPT-5", ("GPT",), [], id="a version that is not listed"),
        pytest.param("non-Transformer", ("Transformer",), ["Transformer"], id="non-"),
        pytest.param("DistilGPT-2", ("GPT-2",), [], id="glued in front"),
        pytest.param(
            "state of the art", ("state of the", "of the art"), ["state of the"], id="leftmost"
        ),
        pytest.param(
            "prompt tuning v2",
            ("prompt", "prompt tuning", "tuning"),
            ["prompt tuning"],
            id="longest of those that begin together",
        ),
        pytest.param(
            "deep prompt tunings and tuning",
            ("prompt tuning method", "tuning"),
            ["tunings", "tuning"],
            id="a longer name that is not there hides nothing",
        ),
        pytest.param(
            "GPT-4-5 GPT",
            ("GPT-4", "GPT"),
            ["GPT"],
            id="a refused long name does not let its beginning in",
        ),
        pytest.param(
            "chain of thoughtless chain",
            ("chain of thought", "chain"),
            ["chain", "chain"],
            id="a refused long name does not hide a short one",
        ),
    ],
)
def test_the_longest_whole_name_is_the_mention(surfaces, text, spellings, found):
    assert surfaces(text, *spellings) == found


WHOLE = (
    r"""
BERT  (BERT)  "BERT"  “BERT”  BERT.  BERT,  BERT:  BERT/  /BERT  #BERT  BERT's  BERT\u2019s  BERT'
[BERT]  {BERT}  $BERT$  BERT²  BERT→  BERT…  2\u00d7BERT  BERT\u00d72  BERT÷2  使用BERT模型  BERTを
BERT\u2013CRF  😀BERT😀  \textbf{BERT}  \textsc{BERT}-based  BERT\textsubscript{x}  BERT$_{LARGE}$
BERT_{LARGE}  BERT~[1]  BERT+CRF  BERT-  -BERT  BERT--a  BERT.5  BERT\  BERT-$k$
""".replace(r"\u2019", "\u2019")
    .replace(r"\u00d7", "\u00d7")
    .replace(r"\u2013", "\u2013")
    .split()
)

BEFORE = ["m", "2", "_", "é", "e\u0301", "β", "я", "\\", "@", "Sentence-", "é-", "https://"]
AFTER = ["a", "2", "_x", "_base", "é", "\u0301", "β", "я", "@5", "+", "++", "-5", "-X", "S"]


@pytest.mark.parametrize("text", WHOLE)
def test_these_neighbours_leave_a_name_whole(surfaces, text):
    assert surfaces(text, "BERT") == ["BERT"]


@pytest.mark.parametrize("before", BEFORE)
def test_these_characters_before_a_name_make_it_another_word(surfaces, before):
    assert surfaces(f"{before}BERT", "BERT") == []


@pytest.mark.parametrize("after", AFTER)
def test_these_characters_after_a_name_make_it_another_word(surfaces, after):
    assert surfaces(f"BERT{after}", "BERT") == []


@pytest.mark.parametrize(
    ("text", "spelling", "found"),
    [
        pytest.param("ImageNet 1.5", "ImageNet 1", [], id="digits go on after the point"),
        pytest.param("ImageNet 1.", "ImageNet 1", ["ImageNet 1"], id="a full stop"),
        pytest.param("ImageNet 1.x", "ImageNet 1", ["ImageNet 1"], id="a letter after the point"),
        pytest.param("at 0.8B tokens", "8B", [], id="digits before the point"),
        pytest.param("at .8B tokens", "8B", ["8B"], id="no digits before the point"),
    ],
)
def test_a_name_does_not_end_inside_a_decimal(surfaces, text, spelling, found):
    assert surfaces(text, spelling, entity_type="dataset") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("two BERTs here", ["BERTs"], id="plural"),
        pytest.param("two BERTs' heads", ["BERTs"], id="plural possessive"),
        pytest.param("BERT's head", ["BERT"], id="possessive"),
        pytest.param("BERTss", [], id="two letters"),
        pytest.param("BERTsé", [], id="a letter after the plural"),
        pytest.param("BERTs-based", ["BERTs"], id="a plural modifier"),
    ],
)
def test_a_plural_belongs_to_the_surface_and_a_possessive_does_not(surfaces, text, found):
    assert surfaces(text, "BERT") == found


def test_a_name_that_ends_in_s_has_no_second_s(surfaces):
    assert surfaces("GANss GANs", "GANs") == ["GANs"]


def test_a_plural_is_a_variant_and_a_listed_plural_is_not(find_all, alias):
    ((plural,),) = find_all(["BERTs"], [alias("BERT")])
    ((listed,),) = find_all(["BERTs"], [alias("BERTs")])
    assert (plural["is_variant"], listed["is_variant"]) == (True, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Conformer's encoder", ["Conformer"]),
        ("Conformers", ["Conformers"]),
        ("Conformer-S and Conformer", ["Conformer-S", "Conformer"]),
        ("Conformer S", ["Conformer S"]),
        ("Conformer-Small", []),
    ],
)
def test_conformer_s_is_neither_a_possessive_nor_a_plural(surfaces, text, found):
    assert surfaces(text, "Conformer", "Conformer-S", entity_type="method") == found


@pytest.mark.parametrize(
    "text",
    [
        "http://example.org/BERT",
        "https://example.org/a/BERT/b",
        "https://example.org/x?q=BERT&y=1#BERT",
        "HTTPS://EXAMPLE.ORG/BERT",
        "ftp://BERT",
        "www.BERT.example",
        "WWW.example.org/BERT",
        "github.com/google/BERT",
        "huggingface.co/BERT",
        "BERT.github.io/code",
        "(https://example.org/BERT)",
        "[https://example.org/BERT]",
        "[code](https://example.org/BERT)",
        "<https://example.org/BERT>",
        r"\url{https://example.org/BERT}",
        r"\href{github.com/x/BERT}",
        '"https://example.org/BERT"',
        "see https://example.org/(BERT)/x",
        "é github.com/é/BERT",
    ],
)
def test_a_name_inside_a_web_address_is_no_mention(surfaces, text):
    assert surfaces(text, "BERT") == []
    assert surfaces(f"BERT {text} BERT", "BERT") == ["BERT", "BERT"]


@pytest.mark.parametrize(
    "text",
    [
        "BERT https://example.org",
        "https://example.org BERT",
        "BERT (https://example.org/x)",
        "BERT(https://example.org/x)",
        "[BERT](https://example.org/x)",
        "BERT{https://example.org/x}",
        "{https://example.org} {BERT}",
        "https://example.org\nBERT",
        "code (github.com/x), BERT",
        "BERT.com",
        "www BERT",
        "BERT: //x",
    ],
)
def test_a_name_beside_a_web_address_is_a_mention(surfaces, text):
    assert surfaces(text, "BERT") == ["BERT"]


@pytest.mark.parametrize("gap", [" ", "\n", "\t", "\r", "\v", "\f"], ids=repr)
@pytest.mark.parametrize("case_rule", ["sensitive", "insensitive"])
def test_a_line_break_inside_a_name_counts_as_a_space(surfaces, gap, case_rule):
    text = f"the Stable{gap}Diffusion model"
    assert surfaces(text, "Stable Diffusion", case_rule=case_rule) == [f"Stable{gap}Diffusion"]


def test_the_case_rule_of_each_alias_decides(find_all, alias):
    aliases = [alias("SAM", 1, case_rule="sensitive"), alias("Clip", 2)]
    found = find_all(["SAM Sam sam SAMs Sams clip CLIP Clip"], aliases)[0]
    assert [(mention["alias_id"], mention["surface"]) for mention in found] == [
        (1, "SAM"),
        (1, "SAMs"),
        (2, "clip"),
        (2, "CLIP"),
        (2, "Clip"),
    ]


def test_a_sensitive_variant_keeps_the_case_of_its_alias(surfaces):
    assert surfaces("GPT4 gpt4 GPT 4 Gpt 4", "GPT-4", case_rule="sensitive") == ["GPT4", "GPT 4"]


@pytest.mark.parametrize(
    ("text", "spelling", "found"),
    [
        ("LLaMA-2-70B-chat is", "LLaMA-2", "LLaMA-2-70B-chat"),
        ("Llama 2 70B is", "LLaMA-2", "Llama 2 70B"),
        ("mT5 XXL is", "mT5", "mT5 XXL"),
        ("BERT-base is", "BERT", "BERT-base"),
        ("BERT-large-uncased is", "BERT", "BERT-large-uncased"),
        ("Mixtral-8x7B is", "Mixtral", "Mixtral-8x7B"),
        ("Mixtral 8x7B-Instruct-v0.1 is", "Mixtral", "Mixtral 8x7B-Instruct-v0.1"),
        ("Mistral-7b-v0.1 is", "Mistral", "Mistral-7b-v0.1"),
        ("Qwen 0.5B.", "Qwen", "Qwen 0.5B"),
        ("Pythia-70M,", "Pythia", "Pythia-70M"),
        ("LLaMA-7B-based", "LLaMA", "LLaMA-7B"),
        ("BERT base is", "BERT", "BERT"),
        ("T5 3 times", "T5", "T5"),
    ],
)
def test_a_model_takes_its_size_into_its_surface(surfaces, text, spelling, found):
    assert surfaces(text, spelling) == [found]


def test_a_size_makes_a_variant_of_a_listed_name(find_all, alias):
    ((sized,),) = find_all(["BERT-base"], [alias("BERT")])
    ((plain,),) = find_all(["BERT base"], [alias("BERT")])
    assert (sized["is_variant"], plain["is_variant"]) == (True, False)


@pytest.mark.parametrize("entity_type", ["dataset", "metric", "method"])
def test_only_models_have_sizes(surfaces, entity_type):
    assert surfaces("GLUE-base GLUE 7B", "GLUE", entity_type=entity_type) == ["GLUE", "GLUE"]


def test_entities_that_share_a_spelling_share_its_span(find_all, alias):
    aliases = [
        alias("PPO", 7, "method"),
        alias("PPO", 3, "model"),
        alias("ppo", 5, "metric", "sensitive"),
    ]
    found = find_all(["We use PPO."], aliases)[0]
    assert [(m["alias_id"], m["start_char"], m["end_char"]) for m in found] == [
        (3, 7, 10),
        (7, 7, 10),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tilde at WMT 2020: systems", []),
        ("results at the WMT20 for news", []),
        ("tested on WMT 2020", ["WMT 2020"]),
        ("work at WMT 2020 shared task", ["WMT 2020"]),
        ("a score at WMT", ["WMT"]),
    ],
)
def test_what_is_held_at_a_place_is_an_event(surfaces, text, found):
    spellings = ["WMT", "WMT 2020"]
    assert set(surfaces(text, *spellings, entity_type="dataset")) == set(found)
