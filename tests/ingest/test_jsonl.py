"""JSON Lines: what lands, what is rejected and why, what refuses the file."""

import json

import pytest

from ingest.errors import MissingColumn

GOOD = '{"title": "Good", "abstract": "Text"}'
LAST = '{"title": "Last", "abstract": "Text"}'


def test_every_field_is_read(write, read):
    paper = {
        "paper_id": "2401.00001",
        "title": "T",
        "abstract": "A",
        "published": "2024-01-01",
        "venue": "V",
        "url": "https://example.org/1",
        "authors": ["A. Author", {"name": "B. Author"}],
        "updated": "2024-02-01",
        "arxiv_id": "2401.00001v2",
        "doi": "10.1/x",
        "acl_id": "2024.acl-long.1",
        "openreview_id": "abc",
        "upvotes": 3,
        "keywords": ["not", "ours"],
    }
    (record,) = read(write("a.jsonl", json.dumps(paper))).records
    expected = {key: value for key, value in paper.items() if key not in {"paper_id", "keywords"}}
    assert record == expected | {
        "source_line": 1,
        "source_paper_id": "2401.00001",
        "authors": "A. Author; B. Author",
        "published_kind": None,
    }


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        pytest.param(b'{"title": "T", "abstract": ', "malformed_json", id="cut off"),
        pytest.param(b"{'title': 'T', 'abstract': 'A'}", "malformed_json", id="Python repr"),
        pytest.param(b'{"title": "T"} {"title": "U"}', "malformed_json", id="two on a line"),
        pytest.param(b"prose", "malformed_json", id="prose"),
        pytest.param(b'["T", "A"]', "malformed_json", id="a list"),
        pytest.param(b'"T"', "malformed_json", id="a string"),
        pytest.param(b"null", "malformed_json", id="null"),
        pytest.param(b"17", "malformed_json", id="a number"),
        pytest.param(b"[" * 10_000 + b"]" * 10_000, "malformed_json", id="10,000 deep, bare"),
        pytest.param(
            b'{"title": "T", "abstract": "A", "x": ' + b'{"x":' * 10_000 + b"1" + b"}" * 10_001,
            "malformed_json",
            id="10,000 deep, in a field of no use",
        ),
        pytest.param(b"\0\0\0", "malformed_json", id="NUL bytes"),
        pytest.param(b'{"title": "T\0", "abstract": "A"}', "malformed_json", id="NUL in a string"),
        pytest.param(b'{"title": "T\xff", "abstract": "A"}', "bad_encoding", id="bad byte"),
        pytest.param(b'{"title": "T\xed\xa0\x80"}', "bad_encoding", id="surrogate as bytes"),
        pytest.param(
            b'{"title": "T\\ud83d", "abstract": "A"}', "wrong_type", id="half a surrogate pair"
        ),
        pytest.param(b'{"title": ["T"], "abstract": "A"}', "wrong_type", id="title a list"),
        pytest.param(b'{"title": {"t": "T"}, "abstract": "A"}', "wrong_type", id="title an object"),
        pytest.param(b'{"title": true, "abstract": "A"}', "wrong_type", id="title a boolean"),
        pytest.param(b'{"title": "T", "published": 2020.5}', "wrong_type", id="date a fraction"),
        pytest.param(b'{"title": "T", "upvotes": "many"}', "wrong_type", id="upvotes a word"),
        pytest.param(b'{"title": "T", "upvotes": 1.5}', "wrong_type", id="upvotes a fraction"),
        pytest.param(b'{"title": "T", "upvotes": 1e999}', "wrong_type", id="upvotes infinite"),
        pytest.param(b'{"title": "T", "upvotes": [1]}', "wrong_type", id="upvotes a list"),
        pytest.param(b'{"title": "T", "upvotes": false}', "wrong_type", id="upvotes a boolean"),
        pytest.param(
            b'{"title": "T", "upvotes": 9223372036854775808}', "wrong_type", id="upvotes 2**63"
        ),
        pytest.param(
            b'{"title": "T", "upvotes": 1' + b"0" * 400 + b"}", "wrong_type", id="upvotes 10**400"
        ),
        pytest.param(
            b'{"title": "T", "upvotes": 1' + b"0" * 5000 + b"}",
            "malformed_json",
            id="upvotes 10**5000",
        ),
        pytest.param(b'{"abstract": "A"}', "missing_title", id="no title"),
        pytest.param(b'{"title": null, "abstract": "A"}', "missing_title", id="title null"),
        pytest.param(b'{"title": "", "abstract": "A"}', "missing_title", id="title empty"),
        pytest.param(
            b'{"title": " \\n\\t\\u00a0\\u3000", "abstract": "A"}',
            "missing_title",
            id="title blank",
        ),
        pytest.param(b"{}", "missing_title", id="an empty object"),
    ],
)
def test_a_bad_line_is_rejected_and_its_neighbours_land(write, read, line, rule):
    content = b"\n".join([GOOD.encode(), line, LAST.encode()])
    parsed = read(write("a.jsonl", content))
    assert parsed.column("title") == ["Good", "Last"]
    assert parsed.column("source_line") == [1, 3]
    assert parsed.rules == [(2, rule)]
    assert parsed.rejects[0]["detail"]


def test_a_rejected_line_is_kept_as_it_was(write, read):
    line = '{"title": "Héllo" "abstract"}'
    parsed = read(write("a.jsonl", f"{GOOD}\n{line}\r\n"))
    assert parsed.rejects[0]["raw_text"] == line


def test_the_reason_says_where(write, read):
    content = GOOD.encode() + b'\n{"title": tru}\n{"title": "\xff"}\n{"title": ["T"]}\n'
    details = [row["detail"] for row in read(write("a.jsonl", content)).rejects]
    assert "column 11" in details[0]
    assert "byte 12" in details[1]
    assert "'title' is a list" in details[2]


def test_a_paper_without_abstract_still_lands(write, read):
    content = f'{GOOD}\n{{"title": "T"}}\n{{"title": "U", "abstract": null}}\n'
    assert read(write("a.jsonl", content)).column("abstract") == ["Text", None, None]


@pytest.mark.parametrize("missing", ["title", "abstract"])
def test_a_missing_column_names_itself_its_line_and_the_columns_found(write, read, missing):
    paper = {"id": 1, "summary": "S"} | {
        name: "X" for name in ("title", "abstract") if name != missing
    }
    path = write("a.jsonl", "\nnot json\n" + json.dumps(paper) + "\n")
    with pytest.raises(MissingColumn) as e:
        read(path)
    message = str(e.value)
    assert f"{path}, line 3: no column '{missing}'" in message
    assert f"Columns found: {', '.join(sorted(paper))}." in message
    assert f"--map {missing}=" in message
    assert e.value.exit_code == 2


def test_a_column_map_renames(write, read):
    content = '{"name": "T", "summary": "A", "title": "no", "year": 2020}\n'
    columns = {"title": "name", "abstract": "summary", "published": "year"}
    (record,) = read(write("a.jsonl", content), **columns).records
    assert (record["title"], record["abstract"], record["published"]) == ("T", "A", "2020")


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ("2020", "2020"),
        ('"2020"', "2020"),
        ('"2020-05"', "2020-05"),
        ('" May 2020 "', " May 2020 "),
        ("20200501", "20200501"),
        ("null", None),
        ('""', None),
    ],
)
def test_a_date_is_kept_as_published(write, read, given, published):
    content = f'{{"title": "T", "abstract": "A", "published": {given}}}\n'
    assert read(write("a.jsonl", content)).column("published") == [published]


@pytest.mark.parametrize(
    ("given", "upvotes"),
    [("7", 7), ("7.0", 7), ('"7"', 7), ("-1", -1), ('""', None), ("null", None)],
)
def test_upvotes_are_whole_numbers(write, read, given, upvotes):
    content = f'{{"title": "T", "abstract": "A", "upvotes": {given}}}\n'
    assert read(write("a.jsonl", content)).column("upvotes") == [upvotes]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"{GOOD}\n{LAST}\n", id="plain"),
        pytest.param(f"{GOOD}\n{LAST}", id="no final newline"),
        pytest.param(f"{GOOD}\r\n{LAST}\r\n", id="CRLF"),
        pytest.param(f"\ufeff{GOOD}\n{LAST}\n", id="BOM"),
        pytest.param(f"  {GOOD}  \n\t{LAST}\n", id="indented lines"),
    ],
)
def test_every_shape_of_line_gives_the_same_papers(write, read, content):
    parsed = read(write("a.jsonl", content))
    assert parsed.column("title") == ["Good", "Last"]
    assert parsed.column("source_line") == [1, 2]
    assert parsed.rejects == []


def test_blank_lines_are_no_records_but_count_as_lines(write, read):
    parsed = read(write("a.jsonl", f"\n{GOOD}\n\n \t\r\n{LAST}\n\n"))
    assert parsed.column("source_line") == [2, 5]
    assert parsed.rejects == []


def test_escapes_become_the_characters_they_spell(write, read):
    content = r'{"title": "\ud83d\ude00\u0000\"\\", "abstract": "a\nb\tc\u2028"}'
    (record,) = read(write("a.jsonl", content)).records
    assert record["title"] == '😀\0"\\'
    assert record["abstract"] == "a\nb\tc\u2028"


def test_a_line_of_megabytes_lands_whole(write, read):
    abstract = "word " * 1_000_000
    path = write("a.jsonl", json.dumps({"title": "T", "abstract": abstract}) + f"\n{LAST}\n")
    assert read(path).column("abstract") == [abstract, "Text"]


def test_lines_are_numbered_through_all_batches(write, read):
    lines = [GOOD] * 25_000
    lines[12_344] = "broken"
    parsed = read(write("a.jsonl", "\n".join(lines)))
    assert parsed.rules == [(12_345, "malformed_json")]
    expected = [number for number in range(1, 25_001) if number != 12_345]
    assert parsed.column("source_line") == expected
