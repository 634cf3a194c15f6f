"""Landing: nothing is lost, nothing lands twice, nothing lands by halves."""

import hashlib
import json
import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from ingest.errors import UnreadableFile
from ingest.formats import FORMATS
from ingest.land import land_file
from ingest.tables import create_raw_tables

RAW_TABLES = ("raw.loads", "raw.papers", "raw.rejected_papers", "raw.load_verdicts")
COUNTS = "select read_count, landed_count, known_count, rejected_count from raw.loads"
GOOD = '{"title": "Good", "abstract": "Text"}'


def object_lines(*titles):
    return "".join(json.dumps({"title": title, "abstract": "A"}) + "\n" for title in titles)


def counts(load):
    return load.read_count, load.landed_count, load.known_count, load.rejected_count


def test_every_row_says_where_it_came_from(write, warehouse, land, rows):
    path = write("papers.jsonl", f"{GOOD}\n\nbroken\n{GOOD.replace('Good', 'Other')}\n")
    load = land(warehouse, path, source_name="mine")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    origin = (load.load_id, load.loaded_at, "mine", str(path), digest)
    columns = "load_id, loaded_at, source_name, source_file, source_sha256, source_line"
    assert rows(warehouse, f"select {columns}, title from raw.papers order by source_line") == [
        (*origin, 1, "Good"),
        (*origin, 4, "Other"),
    ]
    rejected = f"select {columns}, rule, raw_text from raw.rejected_papers"
    assert rows(warehouse, rejected) == [(*origin, 3, "malformed_json", "broken")]


def test_the_time_of_a_load_is_utc_in_every_zone(write, warehouse, land, monkeypatch):
    path = write("papers.jsonl", GOOD)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        load = land(warehouse, path)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert abs(load.loaded_at.replace(tzinfo=UTC) - datetime.now(UTC)) < timedelta(hours=1)


def test_the_manifest_holds_what_is_returned(write, warehouse, land, rows):
    path = write("papers.jsonl", '{"name": "T", "summary": "A"}\n')
    load = land(warehouse, path, source_name="mine", title="name", abstract="summary")
    assert load.column_map == "abstract=summary,title=name"
    assert (load.format_name, load.loaded_by) == ("jsonl", "the tests")
    names = ", ".join(asdict(load))
    assert rows(warehouse, f"select {names} from raw.loads") == [tuple(asdict(load).values())]


def test_the_same_file_again_adds_nothing_but_its_line_in_the_manifest(
    write, warehouse, land, rows
):
    path = write("papers.jsonl", f"{GOOD}\nbroken\n{GOOD}\n{object_lines('Other', '')}")
    first = land(warehouse, path)
    landed = rows(warehouse, "from raw.papers"), rows(warehouse, "from raw.rejected_papers")
    second = land(warehouse, path)
    assert counts(first) == (5, 2, 1, 2)
    assert counts(second) == (5, 0, 3, 2)
    assert (rows(warehouse, "from raw.papers"), rows(warehouse, "from raw.rejected_papers")) == (
        landed
    )
    assert rows(warehouse, COUNTS) == [counts(first), counts(second)]
    assert first.load_id != second.load_id


def test_the_same_records_in_another_file_are_known_by_their_content(write, warehouse, land):
    land(warehouse, write("a.jsonl", object_lines("T", "U")))
    again = "abstract,title\nA,U\nA,V\nA,T\n"
    assert counts(land(warehouse, write("b.csv", again))) == (3, 1, 2, 0)


def test_a_rejected_line_of_another_file_is_kept_too(write, warehouse, land, rows):
    land(warehouse, write("a.jsonl", f"{GOOD}\nbroken\n"))
    land(warehouse, write("b.jsonl", f"{GOOD}\nbroken\n\n"))
    assert len(rows(warehouse, "from raw.rejected_papers")) == 2


def test_another_source_keeps_its_own_copy(write, warehouse, land):
    path = write("a.jsonl", object_lines("T"))
    assert counts(land(warehouse, path, source_name="one")) == (1, 1, 0, 0)
    assert counts(land(warehouse, path, source_name="two")) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"paper_id": "2"}, id="paper_id"),
        pytest.param({"title": "t"}, id="title in another case"),
        pytest.param({"abstract": "A "}, id="abstract with a space"),
        pytest.param({"abstract": None}, id="no abstract"),
        pytest.param({"abstract": "null"}, id="the word null"),
        pytest.param({"published": "2020-1"}, id="published"),
        pytest.param({"venue": "W"}, id="venue"),
        pytest.param({"url": "w", "venue": "u"}, id="venue and url swapped"),
        pytest.param({"upvotes": 2}, id="upvotes"),
        pytest.param({"title": 'T","abstract":"A'}, id="what reads like the next field"),
    ],
)
def test_records_that_differ_in_any_field_are_two(write, warehouse, land, other):
    paper = {
        "paper_id": "1",
        "title": "T",
        "abstract": "A",
        "published": "2020",
        "venue": "V",
        "url": "u",
        "upvotes": 1,
    }
    content = "".join(json.dumps(row) + "\n" for row in (paper, paper | other, paper))
    assert counts(land(warehouse, write("a.jsonl", content))) == (3, 2, 1, 0)


def test_a_record_that_comes_again_in_a_later_batch_is_known(write, warehouse, land):
    titles = [f"T{number}" for number in range(10_001)]
    path = write("a.jsonl", object_lines(*titles, "T0", "T10000"))
    assert counts(land(warehouse, path)) == (10_003, 10_001, 2, 0)


def test_the_first_of_equal_records_is_the_one_that_lands(write, warehouse, land, rows):
    land(warehouse, write("a.jsonl", object_lines("T", "U", "T", "U", "V")))
    assert rows(warehouse, "select source_line, title from raw.papers order by source_line") == [
        (1, "T"),
        (2, "U"),
        (5, "V"),
    ]


@pytest.mark.parametrize(
    ("is_accepted", "expected"),
    [
        pytest.param(False, (2, 2, 0, 0), id="refused"),
        pytest.param(True, (2, 0, 2, 0), id="accepted"),
    ],
)
def test_only_what_a_refused_load_brought_may_land_again(
    write, warehouse, land, is_accepted, expected
):
    path = write("a.jsonl", object_lines("T", "U"))
    judged = land(warehouse, path)
    warehouse.execute(
        "insert into raw.load_verdicts values ($load_id, $is_accepted, 'the gate', $at)",
        {"load_id": judged.load_id, "is_accepted": is_accepted, "at": judged.loaded_at},
    )
    assert counts(land(warehouse, path)) == expected
    assert counts(land(warehouse, path)) == (2, 0, 2, 0)


def test_tables_that_exist_keep_their_rows(write, warehouse, land, rows):
    land(warehouse, write("a.jsonl", object_lines("T")))
    create_raw_tables(warehouse)
    assert len(rows(warehouse, "from raw.papers")) == 1


def test_progress_adds_up_to_what_was_read(write, warehouse):
    seen: list[int] = []
    lines = [*object_lines(*map(str, range(11_000))).splitlines(), "broken"]
    load = land_file(
        warehouse,
        write("a.jsonl", "\n".join(lines)),
        FORMATS["jsonl"],
        source_name="corpus",
        loaded_by="the tests",
        columns={},
        on_progress=seen.append,
    )
    assert sum(seen) == load.read_count == 11_001
    assert len(seen) > 1


class Cut(Exception):
    """What a broken disk or a user's Ctrl-C looks like from here."""


class BreaksAfterItsFirstBatch:
    """A format of the test's own: real JSONL whose file cannot be read to its end."""

    name = "breaks"

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def detects(self, head, path):  # noqa: ARG002
        return False

    def read(self, path, columns):
        yield from FORMATS["jsonl"].read(path, columns)
        raise self.error


@pytest.mark.parametrize(
    "error",
    [Cut(), OSError("disk"), KeyboardInterrupt(), UnreadableFile(Path("a.jsonl"), "cut")],  # type: ignore[arg-type]
    ids=lambda error: type(error).__name__,
)
def test_a_failure_in_the_middle_leaves_no_trace(write, warehouse, land, rows, error):
    land(warehouse, write("before.jsonl", object_lines("Before")))
    before = [rows(warehouse, f"from {table}") for table in RAW_TABLES]
    path = write("a.jsonl", f"{GOOD}\nbroken\n")
    with pytest.raises(type(error)):
        land_file(
            warehouse,
            path,
            BreaksAfterItsFirstBatch(error),
            source_name="corpus",
            loaded_by="the tests",
            columns={},
        )
    assert [rows(warehouse, f"from {table}") for table in RAW_TABLES] == before
    assert counts(land(warehouse, path)) == (2, 1, 0, 1), "the connection is of use afterwards"


def test_a_progress_bar_that_fails_leaves_no_trace(write, warehouse, rows):
    def fail(count: int) -> None:
        raise Cut

    with pytest.raises(Cut):
        land_file(
            warehouse,
            write("a.jsonl", f"{GOOD}\nbroken\n"),
            FORMATS["jsonl"],
            source_name="corpus",
            loaded_by="the tests",
            columns={},
            on_progress=fail,
        )
    assert [rows(warehouse, f"from {table}") for table in RAW_TABLES] == [[], [], [], []]


@pytest.mark.parametrize("compression", ["zstd", "snappy", "uncompressed"])
def test_a_parquet_file_damaged_after_its_first_row_groups_leaves_no_trace(
    tmp_path, warehouse, rows, compression
):
    path = tmp_path / "a.parquet"
    count = 60_000
    pl.DataFrame(
        {
            "title": [f"title {number}" for number in range(count)],
            "abstract": [f"{number * 7919 % count} words" for number in range(count)],
        }
    ).write_parquet(path, row_group_size=5_000, compression=compression)
    content = bytearray(path.read_bytes())
    at = len(content) * 8 // 10
    content[at : at + 3_000] = b"\xff" * 3_000
    path.write_bytes(content)
    seen: list[int] = []
    with pytest.raises(UnreadableFile, match="damaged"):
        land_file(
            warehouse,
            path,
            FORMATS["parquet"],
            source_name="corpus",
            loaded_by="the tests",
            columns={},
            on_progress=seen.append,
        )
    assert seen, "whole row groups had been landed before the damage was met"
    assert [rows(warehouse, f"from {table}") for table in RAW_TABLES] == [[], [], [], []]


def test_a_file_in_which_nothing_is_a_record_lands_nothing(write, warehouse, land, rows):
    path = write("a.txt", "Get trending papers in your email inbox once a day!\n")
    with pytest.raises(UnreadableFile, match="no record in it was recognised as listing"):
        land(warehouse, path)
    assert rows(warehouse, "from raw.loads") == []


def test_what_landed_is_there_after_the_file_is_closed_and_opened(write, tmp_path, land, rows):
    place = tmp_path / "warehouse.duckdb"
    with duckdb.connect(place) as con:
        create_raw_tables(con)
        land(con, write("a.jsonl", f"{GOOD}\nbroken\n"))
    with duckdb.connect(place, read_only=True) as con:
        assert [len(rows(con, f"from {table}")) for table in RAW_TABLES] == [1, 1, 1, 0]
