"""Items of every format in every shape, with damage around them, and anything at all in them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.formats import FORMATS, choose_format
from tests.ingest.source_items import (
    ITEMS,
)

each_format = pytest.mark.parametrize(("name", "item"), ITEMS.items(), ids=list(ITEMS))


def as_lines(items):
    return "\n".join(map(json.dumps, items))


def as_page(items):
    return json.dumps({"date": "2026-01-15", "papers": items, "total": len(items)}, indent=1)


@each_format
@pytest.mark.parametrize("spell", [as_lines, json.dumps, as_page], ids=["lines", "array", "page"])
def test_a_format_is_known_in_every_shape_and_by_content_alone(write, read, name, item, spell):
    path = write("a.csv", "\ufeff" + spell([item, item]))
    assert choose_format(path).name == name
    assert read(path).column("title") == [item.get("title") or read(path).records[0]["title"]] * 2


@each_format
def test_a_column_map_reads_other_keys(write, read, name, item):
    mapped = item | {"name": "N", "text": "X"}
    for content in (as_lines([mapped]), json.dumps([mapped]), as_page([mapped])):
        (record,) = read(write("a.json", content), title="name", abstract="text").records
        assert (record["title"], record["abstract"]) == ("N", "X")


def test_a_column_map_reads_other_columns(write, read):
    header = "\tabstract\tarxiv_id\tauthor_text\tcreated\tnum_authors\ttitle\n"
    path = write("a.tsv", header + "1\tA\tcs/0101001\tA. One\t2001-01-01\t1\tT\n")
    assert read(path, title="author_text").column("title") == ["A. One"]


@each_format
def test_bad_items_are_rejects_and_their_neighbours_land(write, read, name, item):
    text = json.dumps(item)
    bad = [
        b"nonsense",
        b"[1]",
        b"17",
        b'"text"',
        b'{"x": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
        text.encode().replace(b'"T', b'"\xff'),
        text.encode().replace(b'"T', b'"\0'),
        text.encode()[: len(text) // 2],
    ]
    lines = b"\n".join(part for line in bad for part in (text.encode(), line))
    array = b"[" + b",\n".join(part for line in bad for part in (text.encode(), line))
    for content in (lines, array):
        parsed = read(write("a", content), name)
        assert len(parsed.records) == len(bad)
        assert [number for number, _ in parsed.rules] == list(range(2, 2 * len(bad) + 1, 2))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


@each_format
@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_any_value_in_any_place_is_a_record_or_a_reject(write, read, name, item, data):
    changed = dict(item)
    for key in data.draw(st.lists(st.sampled_from(sorted(item)), min_size=1, max_size=3)):
        changed[key] = data.draw(anything)
    parsed = read(write("a.jsonl", as_lines([item, changed, item])), name)
    lines = [*parsed.column("source_line"), *(number for number, _ in parsed.rules)]
    assert set(lines) == {1, 2, 3}
    assert lines.count(1) == lines.count(3) == 1


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "parquet"])
@settings(deadline=None, max_examples=8)
@given(content=st.binary(min_size=1, max_size=80))
def test_no_content_crashes_a_format(write, read, name, content):
    from ingest.errors import InputError

    path = write("a", b"x" + content)
    try:
        parsed = read(path, name)
    except InputError:
        return
    assert all(row["detail"] for row in parsed.rejects)
