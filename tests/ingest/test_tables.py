"""Files of an older version open, and what they hold is known."""

import json

import duckdb
import pytest

from ingest.formats import FORMATS
from ingest.land import known_load, sha256_of
from ingest.tables import ADDED_COLUMNS, create_raw_tables

OLD_HASH = (
    "select md5_number(json_array('corpus', null, 'T', 'A', '2020', null, null, null)::varchar)"
)

WAY = {"source_name": "corpus", "loaded_by": "the tests", "columns": {}}


def test_an_older_file_gets_the_columns_and_its_records_are_known(write, tmp_path, land, rows):
    with duckdb.connect(tmp_path / "old.duckdb") as con:
        create_raw_tables(con)
        for column in ADDED_COLUMNS:
            con.execute(f"alter table raw.papers drop column {column}")
        con.execute(
            "insert into raw.papers by name select 'l' as load_id, now()::timestamp as loaded_at,"
            " 'corpus' as source_name, 'f' as source_file, 's' as source_sha256,"
            f" 1 as source_line, ({OLD_HASH}) as record_hash, 'T' as title, 'A' as abstract,"
            " '2020' as published"
        )
        create_raw_tables(con)
        paper = {"title": "T", "abstract": "A", "published": "2020"}
        load = land(con, write("a.jsonl", json.dumps(paper)))
        assert (load.landed_count, load.known_count) == (0, 1)
        load = land(con, write("b.jsonl", json.dumps(paper | {"doi": "10.1000/x"})))
        assert (load.landed_count, load.known_count) == (1, 0)
        assert rows(con, "select count(*), count(doi) from raw.papers") == [(2, 1)]


@pytest.mark.parametrize(
    ("change", "is_known"),
    [
        pytest.param({}, True, id="the same"),
        pytest.param({"source_sha256": "0" * 64}, False, id="other bytes"),
        pytest.param({"source_name": "other"}, False, id="another source"),
        pytest.param({"loaded_by": "another version"}, False, id="another version"),
        pytest.param({"columns": {"title": "name"}}, False, id="another column map"),
    ],
)
def test_a_file_is_known_only_as_it_was_landed(write, warehouse, land, change, is_known):
    path = write("a.jsonl", '{"title": "T", "abstract": "A"}\n')
    load = land(warehouse, path)
    found = known_load(
        warehouse, FORMATS["jsonl"], WAY | {"source_sha256": sha256_of(path)} | change
    )
    assert found == (load if is_known else None)


def test_a_file_that_was_refused_is_not_known(write, warehouse, land):
    path = write("a.jsonl", '{"title": "T", "abstract": "A"}\n')
    load = land(warehouse, path)
    warehouse.execute(
        "insert into raw.load_verdicts values ($id, false, 'the gate', now()::timestamp)",
        {"id": load.load_id},
    )
    asked = WAY | {"source_sha256": sha256_of(path)}
    assert known_load(warehouse, FORMATS["jsonl"], asked) is None
