"""Spellings that follow by rule, and their place beside listed ones."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.variants import MAX_VARIANTS, spelling_variants

names = st.text(st.sampled_from("abGPT 0123.-_é4/"), min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("alias", "variants"),
    [
        ("BERT", ["BERT"]),
        ("GPT-4", ["GPT-4", "GPT 4", "GPT4"]),
        ("GPT-4o", ["GPT-4o", "GPT 4o", "GPT4o"]),
        ("GPT-3.5", ["GPT-3.5", "GPT 3.5", "GPT3.5"]),
        ("GSM8K", ["GSM8K", "GSM-8K", "GSM 8K"]),
        ("T5", ["T5"]),
        ("PEPNet_", ["PEPNet_"]),
        ("-T5", ["-T5"]),
        ("F1", ["F1"]),
        ("chain of thought", 4),
        ("ROUGE-L", ["ROUGE-L", "ROUGE L"]),
        ("LLaMA-2-70B", 6),
        ("Llama 3.1 8B", 6),
        ("a b c d e f g", ["a b c d e f g"]),
        ("A/B test", ["A/B test", "A/B-test"]),
    ],
    ids=str,
)
def test_separators_stand_for_each_other(alias, variants):
    made = spelling_variants(alias)
    assert len(made) == variants if isinstance(variants, int) else sorted(made) == sorted(variants)


@given(names)
def test_the_alias_comes_first_and_nothing_comes_twice(alias):
    made = spelling_variants(alias)
    assert made[0] == alias
    assert len(set(made)) == len(made) <= MAX_VARIANTS


@given(names)
def test_variants_differ_in_nothing_but_separators(alias):
    bare = {re.sub(r"[\s_-]", "", variant) for variant in spelling_variants(alias)}
    assert len(bare) == 1


@given(names)
def test_no_variant_glues_letters_together_or_digits_to_what_follows(alias):
    groups = re.findall(r"[^\W\d_]+|\d+", alias)
    for variant in spelling_variants(alias):
        assert re.findall(r"[^\W\d_]+|\d+", variant) == groups


@pytest.mark.parametrize("order", [1, -1], ids=["as listed", "reversed"])
def test_a_variant_never_displaces_a_listed_spelling(find_all, alias, order):
    aliases = [alias("GPT-4", 1), alias("GPT4", 2)][::order]
    found = find_all(["GPT-4 GPT4 GPT 4"], aliases)[0]
    assert {(m["surface"], m["alias_id"]) for m in found} == {
        ("GPT-4", 1),
        ("GPT4", 2),
        ("GPT 4", 1),
        ("GPT 4", 2),
    }


@pytest.mark.parametrize(
    ("listed", "is_variant"),
    [("GPT-4", False), ("gpt-4", False), ("GPT 4", True), ("GPT4", True), ("GPT-4s", True)],
)
def test_every_mention_says_whether_its_spelling_is_listed(find_all, alias, listed, is_variant):
    ((mention,),) = find_all([listed], [alias("GPT-4")])
    assert mention["is_variant"] is is_variant


@settings(deadline=None)
@given(alias_text=st.from_regex(r"[A-Z]{2,4}[- ]?[a-z]{0,3}[- ]?[0-9]{0,2}[a-z]?", fullmatch=True))
def test_every_variant_is_found_in_a_text(find_all, alias, alias_text):
    for variant in spelling_variants(alias_text):
        if variant.strip(" -") != variant:
            continue
        (mentions,) = find_all([f"the {variant}, then"], [alias(alias_text, entity_type="method")])
        assert [mention["surface"] for mention in mentions] == [variant]
