"""Every format with every damage: sound records around it land, nothing crashes, all is said."""

import gzip
import io
import json
import lzma
import zipfile

import polars as pl
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import InputError, UnreadableFile
from ingest.formats import FORMATS, OF_NO_SOURCE, UNNAMED
from tests.ingest.source_items import ITEMS

DEEP = 10_000
FLUSH_BLOCK = zstandard.COMPRESSOBJ_FLUSH_BLOCK
CSL = {"id": "c", "type": "article", "title": "T", "author": [], "issued": {}}
OWN = {"paper_id": "1", "title": "T", "abstract": "A"}
JSON = ITEMS | {"csl-json": CSL, "jsonl": OWN}
LINES = ("arxiv-kaggle", "jsonl", "openalex", "semantic-scholar")
"""Formats that are written with one object a line as well as as one document."""

TEXTS = {
    # name: (before the records, a record with TITLE in it, between records, behind them)
    "listing": (
        "Get trending papers in your email inbox once a day!\n", "TITLE\nAn abstract.", "\n", "\n"
    ),
    "hf-dump": (
        "", "Title: TITLE\nPDF: https://arxiv.org/pdf/2401.00001\nSummary: S\n", "---\n", "---\n"
    ),
    "bibtex": ("", "@misc{k, title = {TITLE}}", "\n", "\n"),
    "ris": ("", "TY  - JOUR\nTI  - TITLE\nER  -\n", "\n", "\n"),
    "csv": ("title,abstract\n", "TITLE,A", "\n", "\n"),
    "arxiv-archive": (
        "arxiv_id\ttitle\tabstract\tauthor_text\tcreated\n",
        "2401.00001\tTITLE\tA\tB. Two\t2024-01-01", "\n", "\n",
    ),
    "arxiv-atom": (
        '<feed xmlns="http://www.w3.org/2005/Atom">\n',
        "<entry><id>http://arxiv.org/abs/2001.1v1</id><title>TITLE</title><summary>A</summary></entry>",
        "\n", "\n</feed>",
    ),
    "arxiv-oai": (
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>\n',
        """<record><metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">
<title>TITLE</title></arXivRaw></metadata></record>""",
        "\n", "\n</ListRecords></OAI-PMH>",
    ),
    "hf-rss": (
        "<rss><channel>\n", "<item><title>TITLE</title><link>https://e.org</link></item>",
        "\n", "\n</channel></rss>",
    ),
    "acl-xml": (
        '<collection id="P18"><volume id="1">\n', '<paper id="1"><title>TITLE</title></paper>',
        "\n", "\n</volume></collection>",
    ),
}  # fmt: skip
PAGE = '<html><div data-target="DailyPapers" data-props="{}"></div></html>'
POST = '---\ntitle: "TITLE"\nabstract: A\nlayout: inproceedings\n---\n'
SINGLE = {"hf-page", "pmlr", "parquet"}

BAD_TITLES = {
    "another encoding": b"caf\xe9",
    "NUL": b"a\0b",
    "control characters": b"a\x1b[2J\x08b",
    "brackets that do not match": b"}{][<a></b>}}",
    "quotes that do not match": b"a\"'b",
    "deep brackets": b"[" * DEEP,
    "deep braces": b"{" * DEEP,
    "deep objects": b'{"a":' * DEEP,
    "deep elements": b"<a>" * DEEP + b"</a>" * DEEP,
    "entities": b"&a;&nbsp;&#0;&#xD800;",
    "a megabyte": b"a" * (1 << 20),
}


def titled(item, title):
    """Put a title where the format has its own."""
    if isinstance(item, dict):
        return {
            key: title if value in ("T", "T\n  U") else titled(value, title)
            for key, value in item.items()
        }
    return item


def parts(name, shape):
    """Return what stands before the records, how one is spelled, what between and behind them."""
    if name in TEXTS:
        before, record, between, behind = TEXTS[name]
        return before, lambda title: record.replace("TITLE", title), between, behind
    record = lambda title: json.dumps(titled(JSON[name], title))  # noqa: E731
    return ("", record, "\n", "\n") if shape == "lines" else ("[", record, ", ", "]")


def spelled(name, shape, records):
    before, _, between, behind = parts(name, shape)
    return before.encode() + between.encode().join(records) + behind.encode()


CASES = [(name, "text") for name in TEXTS]
CASES += [(name, "document") for name in JSON]
CASES += [(name, "lines") for name in LINES]
each_case = pytest.mark.parametrize(("name", "shape"), CASES)


def sound(name, shape):
    """Return three sound records."""
    spell = parts(name, shape)[1]
    return [spell(f"Paper {number}").encode() for number in range(3)]


def test_every_format_is_here():
    assert {name for name, _ in CASES} | SINGLE == set(FORMATS)


@each_case
def test_no_other_format_of_a_source_knows_it(name, shape):
    """So the order in which they are tried does not matter."""
    head = spelled(name, shape, sound(name, shape))
    known = {other for other, it in FORMATS.items() if it.detects(head, UNNAMED)}
    assert known - set(OF_NO_SOURCE) <= {name}


@each_case
def test_sound_records_land(write, read, name, shape):
    parsed = read(write("a.x", spelled(name, shape, sound(name, shape))), name)
    assert parsed.column("title") == ["Paper 0", "Paper 1", "Paper 2"]
    assert parsed.rejects == []
    marked = read(write("a.x", b"\xef\xbb\xbf" + spelled(name, shape, sound(name, shape))), name)
    assert marked.column("title") == parsed.column("title")


@each_case
@pytest.mark.parametrize("title", BAD_TITLES.values(), ids=BAD_TITLES)
def test_records_around_a_damaged_one_land(write, read, name, shape, title):
    first, second, last = sound(name, shape)
    damaged = second.replace(b"Paper 1", title)
    parsed = read(write("a.x", spelled(name, shape, [first, damaged, last])), name)
    found = parsed.column("title")
    assert found[0] == "Paper 0"
    assert found[-1] == "Paper 2"
    assert len(found) + len(parsed.rejects) >= 3, "what does not land is said"
    for row in parsed.rejects:
        assert row["source_line"] >= 1
        assert row["detail"]
        assert len(row["raw_text"]) < 70_000


@each_case
def test_a_first_record_that_is_damaged_takes_no_other_with_it(write, read, name, shape):
    first, second, last = sound(name, shape)
    broken = first.replace(b"Paper 0", b"Pap\xffer 0")
    parsed = read(write("a.x", spelled(name, shape, [broken, second, last])), name)
    assert parsed.column("title") == ["Paper 1", "Paper 2"]
    assert [rule for _, rule in parsed.rules] in (["bad_encoding"], ["malformed_xml"])


@each_case
def test_a_file_that_is_cut_gives_what_is_whole(write, read, name, shape):
    content = spelled(name, shape, sound(name, shape))
    last = content.rindex(b"Paper 2")
    for cut in (last + 3, (last + content.rindex(b"Paper 1")) // 2):
        parsed = read(write("a.x", content[:cut]), name)
        assert parsed.column("title")[:1] == ["Paper 0"]
        assert len(parsed.records) + len(parsed.rejects) >= 2


def zipped(content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.x", content)
    return out.getvalue()


def zstd_in_blocks(content):
    """Compress with an end of a block here and there, before which all can be expanded."""
    stream = zstandard.ZstdCompressor().compressobj()
    blocks = (content[at : at + 9_000] for at in range(0, len(content), 9_000))
    ended = [stream.compress(block) + stream.flush(FLUSH_BLOCK) for block in blocks]
    return b"".join([*ended, stream.flush()])


PACKERS = {
    "gz": gzip.compress,
    "xz": lambda content: lzma.compress(content, preset=0),
    "zst": zstd_in_blocks,
    "zip": zipped,
}


READERS = [case for case in CASES if case[0] not in ITEMS or case[0] == "arxiv-kaggle"]
"""One format at least of every way to read a file; which packer it is does not matter to them."""


@pytest.mark.parametrize(
    ("name", "shape", "packer"),
    [(*case, "gz") for case in CASES]
    + [(*case, packer) for case in READERS for packer in ("xz", "zst", "zip")],
)
def test_what_comes_before_a_break_in_compressed_data_lands(write, read, name, shape, packer):
    spell = parts(name, shape)[1]
    records = [spell(f"Paper {n} {n * 7919 % 10007} {n * n % 9973}").encode() for n in range(1200)]
    packed = bytearray(PACKERS[packer](spelled(name, shape, records)))
    at = len(packed) * 2 // 3
    if packer == "zip":  # its directory stands at the end, so it is damaged instead of cut
        packed[at : at + 64] = b"\xff" * 64
    else:
        del packed[at:]
    parsed = read(write("a.x", bytes(packed)), name)
    assert len(parsed.records) > 200
    assert [row["title"] for row in parsed.records[:150]] == [
        f"Paper {n} {n * 7919 % 10007} {n * n % 9973}" for n in range(150)
    ]
    (said,) = (row for row in parsed.rejects if "cut off or damaged" in row["detail"])
    assert said["source_line"] > 100


@pytest.mark.parametrize("name", JSON)
@settings(max_examples=15, deadline=None)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=6,
    ),
    key=st.integers(0, 20),
)
def test_a_value_of_a_wrong_type_costs_at_most_its_record(write, read, name, value, key):
    item = dict(JSON[name])
    item[list(item)[key % len(item)]] = value
    items = [titled(JSON[name], "Paper 0"), item, titled(JSON[name], "Paper 2")]
    parsed = read(write("a.json", json.dumps(items)), name)
    assert parsed.column("title")[0] == "Paper 0"
    assert parsed.column("title")[-1] == "Paper 2"


@pytest.mark.parametrize("name", JSON)
def test_of_a_key_that_is_there_twice_the_last_counts(write, read, name):
    first, _, last = sound(name, "document")
    twice = first.replace(b"{", b'{"' + next(iter(JSON[name])).encode() + b'": 1, ', 1)
    parsed = read(write("a.x", spelled(name, "document", [first, twice, last])), name)
    assert parsed.column("title") == ["Paper 0", "Paper 0", "Paper 2"]


@each_case
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_bytes_that_changed_crash_nothing(write, read, name, shape, data):
    content = bytearray(spelled(name, shape, sound(name, shape)))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        content[at] = data.draw(st.integers(0, 255))
    try:
        parsed = read(write("a.x", bytes(content)), name)
    except InputError:
        return
    assert len(parsed.records) <= 4


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_damaged_file_of_one_paper_or_table_is_refused_or_read(write, read, data):
    table = io.BytesIO()
    pl.DataFrame({"title": ["T"] * 50, "abstract": ["A"] * 50}).write_parquet(table)
    daily = json.dumps({"dailyPapers": [titled(ITEMS["hf-daily"], "Paper")]})
    name, whole = data.draw(
        st.sampled_from(
            [
                ("parquet", table.getvalue()),
                ("pmlr", POST.encode()),
                ("hf-page", PAGE.replace("{}", daily.replace('"', "&quot;")).encode()),
            ]
        )
    )
    content = bytearray(whole[: data.draw(st.integers(1, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        content[at] = data.draw(st.integers(0, 255))
    try:
        parsed = read(write("a.x", bytes(content)), name)
    except InputError:
        return
    assert len(parsed.records) <= 50


def test_the_files_of_one_paper_or_table_are_read_when_they_are_whole(write, read):
    assert read(write("a.md", POST), "pmlr").column("title") == ["TITLE"]
    daily = json.dumps({"dailyPapers": [titled(ITEMS["hf-daily"], "Paper")]})
    page = PAGE.replace("{}", daily.replace('"', "&quot;"))
    assert read(write("a.html", page), "hf-page").column("title") == ["Paper"]
    with pytest.raises(UnreadableFile):
        read(write("a.html.gz", gzip.compress(page.encode() * 90)[:-9][:60]), "hf-page")


def test_different_rejects_of_one_line_are_all_kept(write, warehouse, land, rows):
    page = json.dumps(
        {"data": [{"title": ["a"], "abstract": "A"}, {"title": {}, "abstract": "A"}, 7]}
    )
    path = write("a.jsonl", json.dumps(OWN) + "\n" + page + "\n")
    assert land(warehouse, path).rejected_count == 3
    kept = "select source_line, rule from raw.rejected_papers order by all"
    assert len(rows(warehouse, kept)) == 3
    land(warehouse, path)
    assert len(rows(warehouse, kept)) == 3
