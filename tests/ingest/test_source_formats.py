"""The formats of paper sources: what each field becomes, damage, and anything at all."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.formats import FORMATS, choose_format

HF = {
    "paper": {
        "id": "2401.00001",
        "authors": [{"name": "Ada One", "hidden": False}, {"name": "Bo Two"}],
        "publishedAt": "2024-01-01T10:00:00.000Z",
        "title": "T",
        "summary": "Line one\nline two",
        "upvotes": 3,
    },
    "publishedAt": "2024-01-03T00:00:00.000Z",
    "title": "T",
}
KAGGLE = {
    "id": "0704.0001",
    "submitter": "S",
    "authors": "A. One and B. Two",
    "title": "T\n  U",
    "doi": "10.1000/x",
    "journal-ref": "J 1",
    "categories": "cs.CL",
    "abstract": "  An abstract\nin lines.\n",
    "versions": [
        {"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"},
        {"version": "v2", "created": "Tue, 24 Jul 2007 20:10:27 GMT"},
    ],
    "update_date": "2008-11-26",
    "authors_parsed": [["One", "A.", ""], ["Two", "B.", "Jr."]],
}
DAILY_ABS = {
    "id": "2601.00001",
    "abs": "https://arxiv.org/abs/2601.00001",
    "authors": ["A. One"],
    "title": "T",
    "summary": "S",
}
DAILY_ENTRY = {
    "arxiv_id": "0310123v3",
    "title": "T",
    "authors": ["A. One"],
    "abstract": "S",
    "published": "2003-10-10T15:55:22+00:00",
    "updated": "2004-01-01T00:00:00+00:00",
    "entry_url": "http://arxiv.org/abs/hep-ph/0310123v3",
}
WORK = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.48550/arxiv.2401.00001",
    "title": "T",
    "publication_date": "2024-01-01",
    "primary_location": {
        "landing_page_url": "https://arxiv.org/abs/2401.00001",
        "source": {"display_name": "arXiv", "type": "repository"},
    },
    "authorships": [{"author": {"display_name": "A. One"}}],
    "abstract_inverted_index": {"We": [0], "test": [1, 3], "and": [2]},
}
S2 = {
    "paperId": "abc",
    "externalIds": {"ArXiv": "2401.00001", "DOI": "10.1000/x", "ACL": "2024.acl-long.1"},
    "title": "T",
    "abstract": None,
    "venue": "",
    "journal": {"name": "J"},
    "year": 2024,
    "publicationDate": None,
    "authors": [{"authorId": "1", "name": "A. One"}],
}
NOTE = {
    "id": "f1",
    "forum": "f1",
    "invitations": ["V/-/Submission"],
    "cdate": 1609459200000,
    "content": {
        "title": {"value": "T"},
        "abstract": {"value": "S"},
        "authors": {"value": ["A. One"]},
        "venue": {"value": "V 2021"},
    },
}
COPILOT = {
    "id": "f1",
    "title": "T",
    "track": "main",
    "status": "Poster",
    "abstract": "S",
    "author": "A. One;B. Two",
    "bibtex": "@inproceedings{\nx,\nbooktitle={The Conference},\nyear={2025},\n}",
    "site": "https://openreview.net/forum?id=f1",
}
ANTHOLOGY = {
    "bibtex_key": "one2021icml-t",
    "title": "T",
    "authors": [{"given": "A.", "family": "One"}],
    "year": "2021",
    "venue": "icml",
    "venue_type": "conference",
    "abstract": "S",
    "openreview_url": "https://openreview.net/forum?id=f1",
    "venue_url": "https://example.org/1",
    "doi": "10.1000/x",
}
PWC = {
    "paper_url": "https://paperswithcode.com/paper/a-title",
    "arxiv_id": None,
    "title": "T",
    "abstract": "S",
    "url_abs": "https://aclanthology.org/2020.acl-main.1",
    "url_pdf": "https://aclanthology.org/2020.acl-main.1.pdf",
    "proceeding": "ACL 2020",
    "authors": ["A. One", "B. Two"],
    "tasks": [],
    "date": "2020-07-01",
    "methods": [],
}
SCRAPED = {
    "title": "T",
    "url": "https://huggingface.co/papers/2401.00001",
    "authors": [],
    "pdf_url": "https://arxiv.org/pdf/2401.00001.pdf",
    "abstract": "S",
    "upvotes": 7,
}

ITEMS = {
    "hf-daily": HF,
    "hf-scraped": SCRAPED,
    "arxiv-kaggle": KAGGLE,
    "arxiv-daily": DAILY_ENTRY,
    "openalex": WORK,
    "semantic-scholar": S2,
    "openreview": NOTE,
    "papercopilot": COPILOT,
    "ml-anthology": ANTHOLOGY,
    "pwc": PWC,
}
each_format = pytest.mark.parametrize(("name", "item"), ITEMS.items(), ids=list(ITEMS))


@pytest.mark.parametrize(
    ("name", "item", "expected"),
    [
        (
            "hf-daily",
            HF,
            {
                "arxiv_id": "2401.00001",
                "abstract": "Line one\nline two",
                "authors": "Ada One; Bo Two",
                "published": "2024-01-01T10:00:00.000Z",
                "published_kind": "submitted",
                "upvotes": 3,
            },
        ),
        (
            "hf-daily",
            {
                "paper": {"id": "2401.00001", "title": "T", "summary": "S"},
                "publishedAt": "2024-01-03",
            },
            {"published": "2024-01-03", "published_kind": "listed"},
        ),
        (
            "arxiv-kaggle",
            KAGGLE,
            {
                "title": "T\n  U",
                "abstract": "  An abstract\nin lines.\n",
                "authors": "A. One; B. Two Jr.",
                "published": "2007-04-02T19:18:42Z",
                "published_kind": "submitted",
                "updated": "2007-07-24T20:10:27Z",
                "venue": "J 1",
                "doi": "10.1000/x",
                "url": "https://arxiv.org/abs/0704.0001",
            },
        ),
        (
            "arxiv-daily",
            DAILY_ABS,
            {"arxiv_id": "2601.00001", "published": "2026-01-15", "published_kind": "listed"},
        ),
        (
            "arxiv-daily",
            DAILY_ENTRY,
            {"arxiv_id": "hep-ph/0310123v3", "published_kind": "submitted"},
        ),
        (
            "openalex",
            WORK,
            {
                "source_paper_id": "W1",
                "abstract": "We test and test",
                "arxiv_id": "2401.00001",
                "published": "2024",
                "published_kind": "submitted",
                "venue": "arXiv",
            },
        ),
        ("openalex", WORK | {"abstract_inverted_index": None}, {"abstract": None}),
        (
            "semantic-scholar",
            S2,
            {
                "arxiv_id": "2401.00001",
                "doi": "10.1000/x",
                "acl_id": "2024.acl-long.1",
                "abstract": None,
                "published": "2024",
                "published_kind": None,
                "venue": "J",
            },
        ),
        (
            "openreview",
            NOTE,
            {
                "openreview_id": "f1",
                "authors": "A. One",
                "published": "2021-01-01T00:00:00Z",
                "published_kind": "submitted",
                "venue": "V 2021",
                "url": "https://openreview.net/forum?id=f1",
            },
        ),
        (
            "papercopilot",
            COPILOT,
            {
                "openreview_id": "f1",
                "authors": "A. One; B. Two",
                "published": "2025",
                "published_kind": "proceedings",
                "venue": "The Conference",
            },
        ),
        (
            "ml-anthology",
            ANTHOLOGY,
            {"doi": "10.1000/x", "openreview_id": "f1", "authors": "A. One", "published": "2021"},
        ),
        (
            "pwc",
            PWC,
            {
                "source_paper_id": "a-title",
                "acl_id": "2020.acl-main.1",
                "published": "2020-07-01",
                "published_kind": None,
                "venue": "ACL 2020",
            },
        ),
        ("hf-scraped", SCRAPED, {"arxiv_id": "2401.00001", "published": None, "upvotes": 7}),
    ],
)
def test_fields_become_ours(write, read, name, item, expected):
    path = write("list-2026-01-15.json", json.dumps([item]))
    assert choose_format(path).name == name
    (record,) = read(path).records
    assert {field: record[field] for field in expected} == expected


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


def test_an_answer_to_a_review_is_no_paper(write, read):
    answer = NOTE | {"id": "r1"}
    parsed = read(write("a.json", json.dumps({"notes": [NOTE, answer], "count": 2})))
    assert len(parsed.records) == 1
    assert parsed.rules == [(2, "not_a_paper")]


def test_an_unknown_paper_of_a_batch_is_listed(write, read):
    parsed = read(write("a.json", json.dumps([None, S2, {"error": "not found"}])))
    assert parsed.rules == [(1, "not_found"), (3, "not_found")]


@pytest.mark.parametrize(
    "index", [[], "We", {"We": 0}, {"We": ["0"]}, {"We": [True]}, {"We": [[0]]}], ids=repr
)
def test_an_index_that_is_none_is_refused(write, read, index):
    parsed = read(write("a", json.dumps([WORK | {"abstract_inverted_index": index}])))
    assert parsed.rules == [(1, "wrong_type")]


def test_a_place_beyond_all_memory_costs_none(write, read):
    work = WORK | {"abstract_inverted_index": {"last": [10**18], "first": [0]}}
    assert read(write("a", json.dumps([work]))).column("abstract") == ["first last"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param(repr(HF), None, id="repr"),
        pytest.param(repr(HF)[:-20], "malformed_repr", id="cut repr"),
        pytest.param("{'paper': " + "[" * 5_000, "malformed_repr", id="deep repr"),
        pytest.param("{'paper': __import__('os').getcwd()}", "malformed_repr", id="code"),
    ],
)
def test_a_python_repr_is_read_and_never_run(write, read, text, rule):
    for content in ([text], {"status": "success", "data": [text]}):
        parsed = read(write("a.json", json.dumps(content)), "hf-daily")
        assert [rule for _, rule in parsed.rules] == ([rule] if rule else [])
        assert len(parsed.records) == (0 if rule else 1)


PAGE = (
    '<!doctype html>\n<meta content="Daily Papers - Hugging Face">\n<div data-target="{}" {}></div>'
)


def test_a_saved_page_is_read_even_if_cut(write, read):
    props = json.dumps({"dateString": "2024-01-03", "dailyPapers": [HF, HF]})
    escaped = props.replace("&", "&amp;").replace('"', "&quot;")
    page = PAGE.format("DailyPapers", f'data-props="{escaped}"')
    assert choose_format(write("a.html", page)).name == "hf-page"
    assert read(write("a.html", page)).column("arxiv_id") == ["2401.00001"] * 2
    cut = read(write("a.html", page[: page.rindex("summary")]))
    assert (len(cut.records), cut.rules) == (1, [(2, "malformed_json")])


def test_a_dump_is_read_block_by_block(write, read):
    block = "Title: {}\nPDF: https://arxiv.org/pdf/2406.0000{}\nSummary: S\n---\n"
    content = block.format("T", 1) + "Title: no more\nPDF: x\n---\n" + block.format("U", 2)
    path = write("paper_metadata_2024-06-21.txt", content)
    assert choose_format(path).name == "hf-dump"
    parsed = read(path)
    assert parsed.column("title") == ["T", "U"]
    assert parsed.column("arxiv_id") == ["2406.00001", "2406.00002"]
    assert parsed.column("published_kind") == ["listed", "listed"]
    assert parsed.rules == [(5, "incomplete_block")]


def test_a_table_of_the_archive_is_read_with_its_quotes(write, read):
    header = "\tabstract\tarxiv_id\tauthor_text\tcreated\tnum_authors\ttitle\tupdated\n"
    rows = '1\t"A ""b""\nc"\tcs/0101001\tA. One, B. Two\t2001-01-01\t2\tT\t\n2\ttoo few\n'
    path = write("a.txt", header + rows)
    assert choose_format(path).name == "arxiv-archive"
    parsed = read(path)
    (record,) = parsed.records
    assert (record["abstract"], record["authors"]) == ('A "b"\nc', "A. One; B. Two")
    assert (record["published"], record["published_kind"]) == ("2001-01-01", "submitted")
    assert parsed.rules == [(4, "wrong_cell_count")]


def test_a_table_of_openreview_has_no_quotes(write, read):
    header = "paper_id\ttitle\tlink\tkeywords\tabstract\n"
    row = 'f1\tT\thttps://openreview.net/forum?id=f1\tk\t"Quoted" it begins\n'
    path = write("a.tsv", header + row)
    assert choose_format(path).name == "openreview"
    (record,) = read(path).records
    assert (record["openreview_id"], record["abstract"]) == ("f1", '"Quoted" it begins')


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
