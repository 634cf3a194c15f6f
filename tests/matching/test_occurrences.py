"""Where defined names stand, for every text: offsets, sentences, batches and time."""

import itertools
import string
import time

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import find_definitions

LIMIT = 20_000
"""Characters up to which a text is read."""
SECONDS = 2
"""Of processor time for one paper, ten times what the slowest takes; quadratic ones take more."""

PIECES = (
    "We propose |Our |a new |dataset| (|)|LoRA|Low-Rank Adaptation|XaY|: |, | and |GraphLift|SAMs"
    "|two new datasets, | is a novel model| called |, short for |sam|. |\n|é|İ|😀|使用|β|\0|{|}"
    "|Sharpness-Aware Minimization (SAM)|\\textbf{|[|]|((|$_{|**|\u201c|\u201d|`|'|\u2019s|\u2013"
    "|https://x.org/|www.|-|+|@|_|A|1|e.g. |\u2028"
)
pieces = st.sampled_from(PIECES.split("|")) | st.text(max_size=4)
texts = st.lists(pieces, max_size=16).map("".join)
papers = st.tuples(texts, texts)


def find(papers):
    titles, abstracts = zip(*papers, strict=True) if papers else ((), ())
    columns = [pa.array(column, type=pa.string()) for column in (titles, abstracts)]
    return find_definitions(*columns).to_pylist()


def found_in(title, abstract):
    ((*found,),) = find([(title, abstract)])
    return found


def assert_spans(title, abstract, found):
    for place in found:
        text = {"title": title, "abstract": abstract}[place["section"]]
        start, end = place["start_char"], place["end_char"]
        assert 0 <= place["sentence_start"] <= start < end <= place["sentence_end"] <= len(text)
        assert text[start:end] == place["surface"]
        sentence = text[place["sentence_start"] : place["sentence_end"]]
        assert sentence == sentence.strip(" \t\n\r\v\f")


@settings(deadline=None, max_examples=400)
@given(papers)
def test_every_occurrence_is_a_span_of_its_section(paper):
    assert_spans(*paper, found_in(*paper))


@settings(deadline=None, max_examples=300)
@given(papers)
def test_occurrences_are_in_text_order_and_no_span_comes_twice(paper):
    spans = [
        (place["section"] == "abstract", place["start_char"], place["end_char"])
        for place in found_in(*paper)
    ]
    assert spans == sorted(set(spans))


@settings(deadline=None, max_examples=200)
@given(st.lists(papers, max_size=5))
def test_a_batch_finds_what_each_paper_has_alone(batch):
    assert find(batch) == [find([paper])[0] for paper in batch]


@settings(deadline=None, max_examples=50)
@given(st.lists(papers, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_the_papers_does_not_matter(batch, random):
    order = random.sample(range(len(batch)), len(batch))
    found = find(batch)
    assert find([batch[at] for at in order]) == [found[at] for at in order]


@settings(deadline=None, max_examples=30)
@given(texts, st.integers(0, 400))
def test_hostile_texts_of_any_length_do_not_raise(piece, times):
    text = piece * times
    found = found_in(text[:200], text)
    assert_spans(text[:200], text, found)
    if len(text) > LIMIT:
        assert found == []


@pytest.mark.parametrize("section", ["title", "abstract"])
def test_a_text_over_the_limit_gives_none(section):
    text = "We propose GraphLift. "
    for length, count in ((LIMIT, 1), (LIMIT + 1, 0), (100_000, 0)):
        padded = text + "x" * (length - len(text))
        paper = (padded, text) if section == "title" else (text, padded)
        assert len(found_in(*paper)) == 2 * count


def test_nulls_and_empty_texts_count_as_empty():
    titles = pa.array([None, "", "GraphLift: Trees"], type=pa.string())
    abstracts = pa.array(["We propose GraphLift.", None, None], type=pa.string())
    found = find_definitions(titles, abstracts).to_pylist()
    assert [[place["surface"] for place in places] for places in found] == [
        ["GraphLift"],
        [],
        ["GraphLift"],
    ]
    assert find([]) == []


def test_chunks_and_slices_give_the_same():
    batch = [("é ZorNet: Trees", "We propose ZorNet."), ("", "Our 😀 ZorNet, our GraphLift.")]
    columns = [pa.array(column, type=pa.string()) for column in zip(*batch, strict=True)]
    chunked = [pa.chunked_array([column[:1], column[1:]]) for column in columns]
    padded = [pa.array(["x", *column.to_pylist()]).slice(1) for column in columns]
    for shape in (chunked, padded):
        assert find_definitions(*shape).to_pylist() == find(batch)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        pytest.param("sharpness aware minimization", ["sharpness aware minimization"], id="case"),
        pytest.param("Sharpness-Aware\nMinimization", ["Sharpness-Aware\nMinimization"], id="line"),
        pytest.param("SAMs", ["SAMs"], id="plural"),
        pytest.param("SAM-based nets", ["SAM"], id="modifier"),
        pytest.param("(SAM)", ["SAM"], id="brackets"),
        pytest.param("SAM's", ["SAM"], id="possessive"),
        pytest.param("sam", [], id="short forms keep their case"),
        pytest.param("SAMBA, XSAM, SAM2 and 2SAM", [], id="other words"),
        pytest.param("DA-SAM and SAM-2", [], id="longer names"),
        pytest.param("SAM+", [], id="a sign that makes another name"),
        pytest.param("see https://x.org/SAM and www.SAM.org", [], id="links"),
        pytest.param("\\SAM and @SAM", [], id="commands and handles"),
    ],
)
def test_a_spelling_is_found_where_it_stands_as_a_word(text, surfaces):
    before = "We use Sharpness-Aware Minimization (SAM). "
    found = found_in("", before + text)
    assert [p["surface"] for p in found if p["start_char"] >= len(before)] == surfaces
    assert [p["is_long_form"] for p in found][:2] == [True, False]


def test_offsets_are_code_points_in_every_section():
    found = found_in("😀é ZorNet works", "使用 β. We propose ZorNet. é ZorNet")
    assert [(p["section"], p["start_char"], p["sentence_start"]) for p in found] == [
        ("title", 3, 0),
        ("abstract", 17, 6),
        ("abstract", 27, 25),
    ]


def capitals():
    return ("".join(letters) for letters in itertools.product(string.ascii_uppercase, repeat=3))


UNITS = (
    "a |(|)|A-|a-|We propose |,|A|a|1|A1+|aA|A1B/|A1B, |A1B and |our A|new |b-|. |'|(AB, |AB is a "
    "|two new datasets: A, |XaY, a new model |İ|é|www.|a.b|A'a| |\n|-|called |alpha beta (AB) "
    "|SAM, short for |A: |\\textbf{|\0|a (b |we |XaY Dataset |A1B datasets |and A |A |set of "
    "|refer to x as |\u201c"
)
HOSTILE = {repr(unit): (unit * LIMIT)[:LIMIT] for unit in UNITS.split("|")} | {
    "one capital and digits": "We propose A" + "1" * (LIMIT - 12),
    "short for behind one long word": "a" * (LIMIT - 20) + ") short for abcdefgh",
    "short for behind many hyphens": "a-" * (LIMIT // 2 - 10) + "a) short for abcdefgh",
    "a link and one long word": "www. " + "A-" * (LIMIT // 2 - 3),
    "groups of groups": "XaY: " + "set of " * (LIMIT // 7 - 1),
    "a verb and blanks": "We propose" + " " * (LIMIT - 10),
    "many pairs": " ".join(f"{a[0]}x {a[1]}y {a[2]}z ({a})." for a in capitals())[:LIMIT],
    "many names": " ".join(f"We propose Xa{number}Y." for number in range(2000))[:LIMIT],
    "many pairs in Greek": ("β " + " ".join(f"{a[0]}x {a[1]}y {a[2]}z ({a})." for a in capitals()))[
        :LIMIT
    ],
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_pattern_explodes(text):
    find([("", "warm up")])
    began = time.process_time()
    as_title = find([(text, "We propose XaY.")])[0]
    as_abstract = find([("XaY: Trees", text)])[0]
    assert time.process_time() - began < SECONDS
    assert_spans(text, "We propose XaY.", as_title)
    assert_spans("XaY: Trees", text, as_abstract)
