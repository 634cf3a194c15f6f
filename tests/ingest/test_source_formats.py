"""The formats of paper sources: what each field becomes, and what each alone has."""

import json

import pytest

from ingest.formats import choose_format
from tests.ingest.source_items import (
    ANTHOLOGY,
    COPILOT,
    DAILY_ABS,
    DAILY_ENTRY,
    HF,
    KAGGLE,
    NOTE,
    PWC,
    S2,
    SCRAPED,
    WORK,
)


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
