"""Which format a file is taken for, and what is said where none fits."""

import os

import polars as pl
import pytest

from ingest.errors import (
    EmptyFile,
    FileMissing,
    InputError,
    NoSuchFormat,
    OtherFormat,
    UnknownFormat,
    UnreadableFile,
)
from ingest.formats import FORMATS, choose_format

LISTING = "Get trending papers in your email inbox once a day!\nSubscribeT\nA\n"
JSONL = '{"title": "T", "abstract": "A"}\n'
BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        pytest.param("listing.txt", LISTING, "listing", id="listing"),
        pytest.param("listing.csv", LISTING, "listing", id="listing named csv"),
        pytest.param("a", BOM + LISTING.encode(), "listing", id="listing with BOM"),
        pytest.param("a.txt", JSONL, "jsonl", id="object in a txt"),
        pytest.param("a", BOM + JSONL.encode(), "jsonl", id="object with BOM"),
        pytest.param("a", "\n \n" + JSONL, "jsonl", id="object after blank lines"),
        pytest.param("a", JSONL.rstrip(), "jsonl", id="object without final newline"),
        pytest.param("a", JSONL.replace("\n", "\r\n"), "jsonl", id="object with CRLF"),
        pytest.param("a", "[" + JSONL.strip() + "]", "jsonl", id="an array"),
        pytest.param("a", '{\n  "title": "T"\n}\n', "jsonl", id="an indented object"),
        pytest.param("a.jsonl", "no object", "jsonl", id="by its name jsonl"),
        pytest.param("a.NDJSON", "no object", "jsonl", id="by its name NDJSON"),
        pytest.param("a.csv", "x,y\n", "csv", id="by its name csv"),
        pytest.param("a.TSV", "x\ty\n", "csv", id="by its name TSV"),
        pytest.param("a.txt", 'id,"Title",abstract\n', "csv", id="header in a txt"),
        pytest.param("a", BOM + b"title\tabstract\n", "csv", id="tab header with BOM"),
        pytest.param("a.jsonl", "id,title,abstract\n", "csv", id="header named jsonl"),
        pytest.param("a.bib", JSONL, "jsonl", id="object named bib"),
    ],
)
def test_a_format_is_known_by_content_or_name(write, name, content, expected):
    assert choose_format(write(name, content)).name == expected


def test_parquet_is_known_whatever_it_is_called(tmp_path):
    path = tmp_path / "papers.csv"
    pl.DataFrame({"title": ["T"], "abstract": ["A"]}).write_parquet(path)
    assert choose_format(path).name == "parquet"


@pytest.mark.parametrize("name", FORMATS)
def test_a_named_format_is_taken_without_a_look_at_the_content(write, name):
    assert choose_format(write("a.bin", "anything"), name).name == name


@pytest.mark.parametrize(
    ("forced", "content", "seen"),
    [
        pytest.param("listing", JSONL, "jsonl", id="json as text"),
        pytest.param("semantic-scholar", JSONL, "jsonl", id="json without one of its names"),
        pytest.param("hf-dump", LISTING, "listing", id="another text"),
        pytest.param("pwc", '{"paperId": "1", "title": "T"}', "semantic-scholar", id="its like"),
    ],
)
def test_a_named_format_that_the_content_rules_out_is_refused(write, forced, content, seen):
    path = write("a.bin", content)
    with pytest.raises(OtherFormat, match=rf"--format {forced}: .*a\.bin .* it is {seen}\.") as e:
        choose_format(path, forced)
    assert e.value.exit_code == 2


@pytest.mark.parametrize(
    ("forced", "content"),
    [
        pytest.param("semantic-scholar", '{"title": "T", "externalIds": {}}', id="a name of it"),
        pytest.param("jsonl", '{"paperId": "1", "title": "T"}', id="by our own names"),
        pytest.param("csv", "paper_id,title,link,keywords,abstract\nopenreview.net", id="a table"),
    ],
)
def test_a_named_format_that_the_content_allows_is_taken(write, forced, content):
    assert choose_format(write("a.bin", content), forced).name == forced


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("Title of a paper\nIts abstract\n", id="prose"),
        pytest.param("title\n", id="one column"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", id="a picture"),
    ],
)
def test_what_nothing_recognises_is_refused_with_the_names_to_choose_from(write, content):
    path = write("a.dat", content)
    with pytest.raises(
        UnknownFormat, match=r"a\.dat.*--format .*acl-xml, .*parquet, .*jsonl, csv"
    ) as e:
        choose_format(path)
    assert e.value.exit_code == 2


def test_a_format_name_that_does_not_exist_is_refused(write):
    with pytest.raises(NoSuchFormat, match="jsonl"):
        choose_format(write("a.jsonl", JSONL), "json")


@pytest.mark.parametrize("content", [b"", b"\n", BOM, BOM + b" \r\n\t", b"\n" * 20_000], ids=repr)
def test_a_file_of_nothing_is_called_empty(write, content):
    with pytest.raises(EmptyFile, match=r"a\.jsonl: the file is empty") as e:
        choose_format(write("a.jsonl", content))
    assert e.value.exit_code == 1


def test_a_record_after_pages_of_blank_lines_is_still_found(write, read):
    path = write("a", "\n" * 20_000 + JSONL)
    assert read(path).column("source_line") == [20_001]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_named_as_what_it_is(write, encoding):
    with pytest.raises(UnreadableFile, match="UTF-16 or UTF-32; save it as UTF-8") as e:
        choose_format(write("a.jsonl", ("\ufeff" + JSONL).encode(encoding)))
    assert e.value.exit_code == 1


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileMissing, match=r"none\.jsonl: there is no such file") as e:
        choose_format(tmp_path / "none.jsonl")
    assert e.value.exit_code == 2


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(FileMissing, match="is a directory"):
        choose_format(tmp_path)


def test_a_path_through_a_file_is_no_file(write):
    with pytest.raises(FileMissing, match="not a directory"):
        choose_format(write("a.jsonl", JSONL) / "b.jsonl")


def test_a_link_to_itself_is_no_file(tmp_path):
    loop = tmp_path / "loop.jsonl"
    loop.symlink_to(loop)
    with pytest.raises(FileMissing, match="symbolic links"):
        choose_format(loop)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_not_read(write):
    path = write("a.jsonl", JSONL)
    path.chmod(0)
    with pytest.raises(FileMissing, match="permission denied"):
        choose_format(path)


@pytest.mark.parametrize(
    ("forced", "content"),
    [
        pytest.param("parquet", JSONL, id="jsonl as parquet"),
        pytest.param("csv", JSONL, id="jsonl as csv"),
        pytest.param("csv", LISTING, id="listing as csv"),
    ],
)
def test_a_wrong_forced_format_is_an_input_error_and_no_crash(write, read, forced, content):
    with pytest.raises(InputError, match=r"a\.dat"):
        read(write("a.dat", content), forced)
