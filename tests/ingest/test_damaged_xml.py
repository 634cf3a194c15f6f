"""Damaged and malicious XML: the records around the damage land, and memory stays bounded."""

import gzip
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.formats import FORMATS

HEAD = b"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<link href="https://arxiv.org/api/query"/>
"""


def entry(title: bytes) -> bytes:
    return (
        b"<entry><id>http://arxiv.org/abs/2001.00001v1</id>\n<title>" + title + b"</title>\n"
        b"<summary>A</summary></entry>\n"
    )


FIRST, LAST = entry(b"First"), entry(b"Last")


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(entry(b"a</summary><title>"), id="nested wrongly"),
        pytest.param(entry(b"a\0b"), id="NUL"),
        pytest.param(entry(b"a\x0bb"), id="control character"),
        pytest.param(entry(b"caf\xe9"), id="Latin-1"),
        pytest.param(entry(b"a & b"), id="bare ampersand"),
        pytest.param(entry(b"a &nbsp; b"), id="entity that nobody declared"),
        pytest.param(entry(b"<a>" * 10_000 + b"</a>" * 10_000), id="10,000 deep"),
        pytest.param(entry(b"<x:y>a</x:y>"), id="prefix that nobody declared"),
        pytest.param(entry(b"<a b='1' b='2'/>"), id="attribute twice"),
        pytest.param(entry(b"a").replace(b"</entry>", b""), id="no end"),
        pytest.param(entry(b"a").replace(b"<entry>", b""), id="no beginning"),
        pytest.param(entry(b"a" * (11 << 20)), id="11 MB in one text"),
        pytest.param(entry(b"<a>b</a>" * (11 << 17)), id="11 MB in many"),
        pytest.param(entry(b" "), id="no title"),
    ],
)
def test_the_records_around_a_broken_one_land(write, read, broken):
    parsed = read(write("a.xml", HEAD + FIRST + broken + LAST + b"</feed>"))
    assert parsed.column("title") == ["First", "Last"]
    assert [rule for _, rule in parsed.rules] in (["malformed_xml"], ["missing_title"])
    assert parsed.rejects[0]["source_line"] in range(4, 8)
    assert parsed.rejects[0]["detail"]
    assert len(parsed.rejects[0]["raw_text"]) < 70_000


def test_the_reason_says_the_line(write, read):
    parsed = read(write("a.xml", HEAD + FIRST + entry(b"a & b") + LAST + b"</feed>"))
    assert "(line 8, column" in parsed.rejects[0]["detail"]


@pytest.mark.parametrize("cut", range(10, 260, 25))
def test_a_document_that_is_cut_says_so(write, read, cut):
    whole = HEAD + FIRST + LAST + LAST + b"</feed>"
    parsed = read(write("a.xml", whole[:-cut]), "arxiv-atom")
    assert parsed.column("title") == ["First", "Last", "Last"][: len(parsed.records)]
    assert [rule for _, rule in parsed.rules] == ["malformed_xml"]
    assert "ends" in parsed.rejects[0]["detail"]


def test_what_is_sound_in_a_cut_gzip_lands(write, read):
    entries = b"".join(entry(b"%d" % number) for number in range(6_000))
    packed = gzip.compress(HEAD + entries + b"</feed>")
    parsed = read(write("a.xml.gz", packed[: len(packed) // 2]))
    assert 1_000 < len(parsed.records) < 5_000
    assert "cut off or damaged" in parsed.rejects[-1]["detail"]


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        b'<!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE feed SYSTEM "http://example.org/x.dtd" [<!ENTITY % a SYSTEM "x">]>',
    ],
)
def test_entities_are_refused_and_never_expanded(write, read, declared):
    content = HEAD.replace(b"<feed", declared + b"<feed", 1) + entry(b"&b;&a;") + b"</feed>"
    with pytest.raises(UnreadableFile, match="declares entities"):
        read(write("a.xml", content))


def test_a_bare_doctype_loads_nothing(write, read):
    content = HEAD.replace(b"<feed", b'<!DOCTYPE feed SYSTEM "file:///etc/passwd"><feed', 1)
    assert len(read(write("a.xml", content + FIRST + b"</feed>")).records) == 1


def test_an_unknown_encoding_is_named(write, read):
    with pytest.raises(UnreadableFile, match="encoding martian"):
        read(write("a.xml", HEAD.replace(b"UTF-8", b"martian") + FIRST + b"</feed>"))


def test_a_declared_encoding_and_a_byte_order_mark_are_heeded(write, read):
    latin = HEAD.replace(b"UTF-8", b"ISO-8859-1") + entry(b"caf\xe9") + b"</feed>"
    assert read(write("a.xml", latin)).column("title") == ["café"]
    marked = b"\xef\xbb\xbf" + HEAD + FIRST + b"</feed>"
    assert read(write("a.xml", marked)).column("title") == ["First"]


def test_tags_in_comments_and_cdata_are_no_records(write, read):
    hidden = b"<!-- " + FIRST + b"--><note><![CDATA[" + FIRST + b"]]></note>"
    kept = entry(b"<![CDATA[</entry><entry>]]><!-- </entry> -->")
    parsed = read(write("a.xml", HEAD + hidden + kept + b"</feed>"))
    assert (parsed.column("title"), parsed.rejects) == (["</entry><entry>"], [])


def test_memory_does_not_grow_with_the_document(write):
    path = write("a.xml", HEAD)
    with path.open("ab") as file:
        for _ in range(6_000):
            file.write(entry(b"a" * 10_000))
        file.write(b"</feed>")
    tracemalloc.start()
    batches = FORMATS["arxiv-atom"].read(path, {})
    assert sum(batch.records.height for batch in batches) == 6_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size // 2


PIECES = st.sampled_from(
    [FIRST, LAST, b"<entry", b"<entry>", b"</entry>", b"<title>", b"</title>", b"<!--", b"-->",
     b"<![CDATA[", b"]]>", b"</feed>", b"<feed>", b"&lt;", b"&x;", b"\0", b"\xff", b"<a b='", b"'>",
     b"\n", b"text", b"<entry/>", b"</", b">"]
)  # fmt: skip


@pytest.mark.parametrize("name", ["arxiv-atom", "arxiv-oai", "hf-rss", "acl-xml"])
@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(PIECES, max_size=12))
def test_any_heap_of_pieces_is_read_or_refused(write, read_as, name, pieces):
    tag = {"arxiv-oai": b"record", "hf-rss": b"item", "acl-xml": b"paper"}.get(name, b"entry")
    content = (HEAD + b"".join(pieces)).replace(b"entry", tag)
    parsed = read_as(write("a.xml", content), name)
    assert len(parsed.records) <= sum(tag in piece.replace(b"entry", tag) for piece in pieces)
    for row in parsed.records:
        assert row["title"].strip()
