"""Items of JSON documents: every way to write one, and what is saved of a damaged one."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.formats import json_items
from ingest.formats.json_items import Items

PAPERS = [
    {"id": number, "t": 'a "q" \\ , ] } [ {' + "\n" * number, "a": [{"id": 1}, [2]], "n": None}
    for number in range(12)
]
STYLES = [{}, {"indent": 2}, {"indent": 4}, {"separators": (",", ":")}]
PAGES = [
    lambda papers: papers,
    lambda papers: {"count": 3, "data": papers, "meta": {"x": [1]}},
]
styles = pytest.mark.parametrize("style", STYLES, ids=str)
pages = pytest.mark.parametrize("page", PAGES, ids=["array", "page"])


def items(content, **options):
    return list(Items(io.BytesIO(content), {"data"}, **options))


def good(found):
    return [item.value for item in found if not item.rule]


@styles
@pages
def test_a_document_gives_its_items(style, page):
    found = items(json.dumps(page(PAPERS), **style).encode())
    assert [item.value for item in found] == PAPERS


@styles
@pages
def test_a_cut_document_gives_the_items_before_the_cut_and_says_so(style, page):
    content = json.dumps(page(PAPERS), **style).encode()
    end = content.rindex(b"null") + 4
    for cut in range(1, end, 29):
        found = items(content[:cut])
        assert good(found) == PAPERS[: len(good(found))]
        assert found[-1].rule


@styles
def test_a_lost_byte_costs_one_item_and_is_listed_unless_only_text_changed(style):
    content = json.dumps(PAPERS, **style).encode()
    begin = len(content) // 8
    for lost in range(begin, len(content) - 3, 19):
        found = items(content[:lost] + content[lost + 1 :])
        kept = sum(value in PAPERS for value in good(found))
        assert kept >= len(PAPERS) - 2
        assert kept >= len(PAPERS) - 1 - sum(bool(item.rule) for item in found)


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        pytest.param(b'[{"a": 1}, {"a": tru}, {"a": 3}]', ["", "malformed_json", ""], id="word"),
        pytest.param(b'[{"a": 1}, {"a": "\xff"}, {"a": 3}]', ["", "bad_encoding", ""], id="byte"),
        pytest.param(b'[{"a": 1}, {"a": "\0"}, {"a": 3}]', ["", "malformed_json", ""], id="NUL"),
        pytest.param(b'[{"a": 1}, {"a": 2}}, {"a": 3}]', ["", "malformed_json", ""], id="brace"),
        pytest.param(b'[{"a": 1}], {"a": 3}]', ["", ""], id="bracket, nothing lost"),
        pytest.param(b'[{"a": 1}], x, {"a": 3}]', ["", "malformed_json", ""], id="bracket"),
        pytest.param(b'[{"a": 1}, {"a": 3}] x', ["", "", "malformed_json"], id="text behind"),
        pytest.param(b'x [{"a": 1}]', ["malformed_json", ""], id="text before"),
        pytest.param(b'[null, "a", {"a": 1}]', ["", "", ""], id="plain values"),
        pytest.param(b'[{"a": 1, "a": 2}]', [""], id="a key twice"),
        pytest.param(b"[]", [], id="nothing"),
        pytest.param(b'{"a": 1}\n{\n"a": 2}', ["", ""], id="object behind object"),
        pytest.param(b'\xef\xbb\xbf[{"a": 1}]', [""], id="BOM"),
        pytest.param(
            b'[{"a": 1}, ' + b"[" * 10_000 + b"]" * 10_000 + b', {"a": 3}]',
            ["", "malformed_json", ""],
            id="10,000 deep",
        ),
        pytest.param(
            b'[{"a": 1}, {"a": 1' + b"0" * 5_000 + b'}, {"a": 3}]',
            ["", "malformed_json", ""],
            id="a number of 5,000 digits",
        ),
    ],
)
def test_damage_is_listed_between_its_neighbours(content, rules):
    assert [item.rule for item in items(content)] == rules


def test_an_item_that_is_far_too_long_is_not_held(monkeypatch):
    monkeypatch.setattr(json_items, "CHUNK", 1 << 10)
    papers = [{"id": 1}, {"id": 2, "t": "x" * 100_000}, {"id": 3}]
    found = items(json.dumps(papers).encode(), limit=10_000)
    assert good(found) == [papers[0], papers[2]]
    assert "too_long" in {item.rule for item in found}


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
papers = st.lists(st.dictionaries(st.text(max_size=5), values, max_size=4), max_size=6)


@settings(deadline=None, max_examples=20)
@given(written=papers, style=st.sampled_from(STYLES), chunk=st.integers(8, 60))
def test_any_array_survives_whatever_its_style_and_wherever_it_is_cut_for_reading(
    written, style, chunk
):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_items, "CHUNK", chunk)
        content = json.dumps(written, ensure_ascii=False, **style)
        found = items(content.encode(errors="replace"))
    assert [item.value for item in found] == json.loads(content.encode(errors="replace"))


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=60) | st.text('[]{},:"\\\n 1a', max_size=60).map(str.encode))
def test_no_content_crashes_it(content):
    for item in items(b"[" + content):
        assert isinstance(item.raw, bytes)
