"""Files as people and their tools leave them: odd names, kinds, line ends, numbers and columns."""

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest

from ingest.errors import (
    EmptyAnswer,
    EmptyFile,
    FileMissing,
    InputError,
    MissingColumn,
    UnreadableFile,
)
from ingest.formats import choose_format
from ingest.land import land_file

RECORD = '{"title": "T", "abstract": "A"}\n'
OLD_MAC = {
    "jsonl": RECORD + RECORD,
    "csv": "title,abstract\nT,A\nT,B\n",
    "ris": "TY  - JOUR\nTI  - T\nER  - \nTY  - JOUR\nTI  - T\nER  - \n",
    "bibtex": "@article{a,\n title={T}\n}\n@article{b,\n title={T}\n}\n",
    "hf-dump": "Title: T\nPDF: https://arxiv.org/pdf/2401.00001\nSummary: S\n---\n" * 2,
    "listing": "Get trending papers in your email inbox\nSubscribeT\nA\nT\nB\n",
}


@pytest.mark.parametrize(
    "name",
    [b"-", b"--help", b"a\nb", b"\x1b[31m", "\u202egnp.jsonl".encode(), b"it's", b"[x]", b"\xff"],
)
def test_a_file_may_have_any_name(tmp_path, warehouse, land, rows, name):
    path = tmp_path / os.fsdecode(name)
    path.write_text(RECORD)
    assert land(warehouse, path).landed_count == 1
    ((stored,),) = rows(warehouse, "select source_file from raw.papers")
    assert stored == os.fsencode(path).decode(errors="backslashreplace")


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    path = tmp_path / "pipe.jsonl"
    os.mkfifo(path)
    with pytest.raises(FileMissing, match="a pipe or a device"):
        choose_format(path)


class Growing:
    """A format whose file is written to while it is read."""

    name = "jsonl"

    def read(self, path, columns):
        for batch in choose_format(path).read(path, columns):
            with path.open("a") as file:
                file.write(RECORD)
            yield batch


def test_a_file_that_grows_while_it_is_read_lands_when_it_is_whole(write, warehouse, land, rows):
    path = write("a.jsonl", RECORD)
    with pytest.raises(UnreadableFile, match=r"a\.jsonl: it was written to while it was read"):
        land_file(
            warehouse, path, Growing(), source_name="corpus", loaded_by="the tests", columns={}
        )
    assert rows(warehouse, "select count(*) from raw.papers") == [(0,)]
    assert land(warehouse, path).read_count == 2


@pytest.mark.parametrize("name", OLD_MAC)
def test_line_ends_of_old_macs_end_lines(write, read, name):
    path = write("a", OLD_MAC[name].replace("\n", "\r"))
    assert choose_format(path).name == name
    assert read(path).column("title") == ["T", "T"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize("content", [RECORD, "title,abstract\nT,A\n"])
def test_wide_text_is_named_as_what_it_is_without_a_mark_too(write, encoding, content):
    with pytest.raises(UnreadableFile, match="UTF-16 or UTF-32"):
        choose_format(write("a.csv", content.encode(encoding)))


@pytest.mark.parametrize(
    "content", ["[]", ' {"results": [], "meta": {"count": 0}}', '{"total": 0, "data": []}']
)
def test_json_that_holds_an_empty_list_says_so(write, content):
    with pytest.raises(EmptyAnswer, match=r"a\.json"):
        choose_format(write("a.json", content))


@pytest.mark.parametrize("name", ["a.json.gz", "a.xz", "a.zip"])
def test_a_compressed_file_of_no_byte_is_empty(write, name):
    with pytest.raises(EmptyFile):
        choose_format(write(name, b""))


def test_numbers_as_pandas_writes_them_beside_missing_ones(write, read):
    lines = '{"title": "T", "abstract": NaN, "upvotes": NaN, "published": 2024.0}\n' + RECORD
    first, _ = read(write("a.jsonl", lines)).records
    assert (first["abstract"], first["upvotes"], first["published"]) == (None, None, "2024")
    table = "title,abstract,upvotes\nT,A,12.0\nU,B,\n"
    assert read(write("a.csv", table)).column("upvotes") == [12, None]


def test_a_number_without_end_costs_its_line(write, read):
    parsed = read(write("a.jsonl", RECORD + RECORD.replace('"A"', "9" * 6_000) + RECORD))
    assert len(parsed.records) == 2
    assert parsed.rejects[0]["detail"] == "a number has too many digits"


def test_a_column_that_is_there_twice_is_refused(write, read):
    with pytest.raises(UnreadableFile, match="column 'title' is there 2 times"):
        read(write("a.csv", "title,title,abstract\nT,U,A\n"))
    assert read(write("a.csv", "title,x,x,abstract\nT,1,2,A\n")).column("title") == ["T"]


def test_a_spreadsheet_called_csv_is_refused_in_words_that_can_be_shown(write, read):
    with pytest.raises(MissingColumn) as e:
        read(write("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))
    assert str(e.value).isprintable()
    assert len(str(e.value)) < 600


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        pytest.param("upvotes", [Decimal(3), None], [3, None], id="decimals"),
        pytest.param("upvotes", [3.0, float("nan")], [3, None], id="floats"),
        pytest.param("published", [2024.0, None], ["2024", None], id="a year beside none"),
        pytest.param("venue", [2401.1, None], ["2401.1", None], id="fractions as text"),
        pytest.param(
            "published",
            [datetime(2024, 1, 2, 3, tzinfo=UTC), None],
            ["2024-01-02 03:00:00.000000+00:00", None],
            id="times with a zone",
        ),
        pytest.param(
            "authors", [[{"name": "Ada"}, {"name": "Bo"}], None], ["Ada; Bo", None], id="objects"
        ),
    ],
)
def test_a_parquet_column_of_another_type_is_read(tmp_path, read, column, values, expected):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"title": ["T", "U"], "abstract": ["A", "B"], column: values}).write_parquet(path)
    assert read(path).column(column) == expected


@pytest.mark.parametrize(
    ("column", "value"),
    [("upvotes", 3.5), ("upvotes", "3"), ("title", True), ("title", b"T"), ("venue", timedelta(1))],
    ids=str,
)
def test_a_parquet_column_of_a_wrong_type_is_refused(tmp_path, read, column, value):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"title": ["T"], "abstract": ["A"]} | {column: [value]}).write_parquet(path)
    with pytest.raises(InputError, match=r"a\.parquet"):
        read(path)
