"""Parquet: projection, types, damage, the shared corpora."""

from datetime import date, datetime

import polars as pl
import pytest

from ingest.errors import MissingColumn, UnreadableFile


@pytest.fixture
def parquet(tmp_path):
    """Write columns to a Parquet file."""

    def parquet(frame, **options):
        path = tmp_path / "papers.parquet"
        pl.DataFrame(frame).write_parquet(path, **options)
        return path

    return parquet


def test_records_are_numbered_through_all_batches(parquet, read):
    count = 45_000
    titles = [f"T{number}" for number in range(count)]
    parsed = read(parquet({"title": titles, "abstract": titles}, row_group_size=7_000))
    assert parsed.column("source_line") == list(range(1, count + 1))
    assert parsed.column("title") == titles


def test_columns_of_no_use_may_be_of_any_type(parquet, read):
    path = parquet({"title": ["T"], "abstract": ["A"], "authors": [["x"]], "raw": [b"\xff"]})
    assert read(path).column("title") == ["T"]


def test_a_column_map_renames(parquet, read):
    path = parquet({"title": ["no"], "name": ["T"], "summary": ["A"], "year": [2020]})
    (record,) = read(path, title="name", abstract="summary", published="year").records
    assert (record["title"], record["abstract"], record["published"]) == ("T", "A", "2020")


@pytest.mark.parametrize("missing", ["title", "abstract"])
def test_a_missing_column_names_itself_and_the_columns_found(parquet, read, missing):
    present = "abstract" if missing == "title" else "title"
    with pytest.raises(MissingColumn, match=f"no column '{missing}'.*found: {present}, body") as e:
        read(parquet({present: ["T"], "body": ["A"]}))
    assert e.value.exit_code == 2


def test_empty_text_is_null_and_an_empty_title_is_rejected(parquet, read):
    path = parquet(
        {
            "title": ["T", "", None, "  ", "U"],
            "abstract": ["", "A", "A", "A", None],
            "venue": ["", None, None, None, "V"],
        }
    )
    parsed = read(path)
    assert [(row["source_line"], row["title"]) for row in parsed.records] == [(1, "T"), (5, "U")]
    assert parsed.column("abstract") == [None, None]
    assert parsed.column("venue") == [None, "V"]
    assert parsed.rules == [(number, "missing_title") for number in (2, 3, 4)]
    assert '"abstract":"A"' in parsed.rejects[0]["raw_text"]


@pytest.mark.parametrize(
    ("values", "published"),
    [
        pytest.param([2020], "2020", id="integer"),
        pytest.param([date(2020, 5, 1)], "2020-05-01", id="date"),
        pytest.param([datetime(2020, 5, 1)], "2020-05-01 00:00:00.000000", id="time"),  # noqa: DTZ001
        pytest.param(pl.Series(["2020"], dtype=pl.Categorical), "2020", id="categorical"),
        pytest.param([None], None, id="null"),
    ],
)
def test_dates_of_any_flat_type_become_their_text(parquet, read, values, published):
    path = parquet({"title": ["T"], "abstract": ["A"], "published": values})
    assert read(path).column("published") == [published]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        pytest.param("title", [["T"]], id="title a list"),
        pytest.param("abstract", [{"text": "A"}], id="abstract a struct"),
        pytest.param("abstract", [b"A"], id="abstract bytes"),
        pytest.param("upvotes", ["3"], id="upvotes text"),
        pytest.param("upvotes", [1.5], id="upvotes a fraction"),
    ],
)
def test_a_column_of_the_wrong_type_refuses_the_file(parquet, read, column, values):
    frame = {"title": ["T"], "abstract": ["A"]} | {column: values}
    with pytest.raises(UnreadableFile, match=f"column '{column}'") as e:
        read(parquet(frame))
    assert e.value.exit_code == 1


def test_upvotes_too_large_to_hold_refuse_the_file(parquet, read):
    upvotes = pl.Series([1, 2**64 - 1], dtype=pl.UInt64)
    with pytest.raises(UnreadableFile):
        read(parquet({"title": ["T", "U"], "abstract": ["A", "B"], "upvotes": upvotes}))


@pytest.mark.parametrize("kept", [4, 11, 0.2, 0.5, 0.99, -1], ids=str)
def test_a_truncated_file_lands_nothing(parquet, warehouse, land, rows, kept):
    path = parquet({"title": ["T"] * 5_000, "abstract": ["A"] * 5_000}, row_group_size=1_000)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(kept * len(whole)) if isinstance(kept, float) else kept])
    with pytest.raises(UnreadableFile, match="not a whole Parquet file"):
        land(warehouse, path)
    assert rows(warehouse, "from raw.papers") == []


def test_a_file_without_rows_lands_nothing(parquet, warehouse, land):
    path = parquet({"title": [], "abstract": []}, row_group_size=1)
    with pytest.raises(UnreadableFile):
        land(warehouse, path)


@pytest.mark.parametrize("name", ["[a].parquet", "a*.parquet", "a?.parquet", "é €.parquet"])
def test_a_file_name_is_a_name_and_no_pattern(tmp_path, read, name):
    for called, title in ((name, "T"), ("a.parquet", "other"), ("ab.parquet", "other")):
        pl.DataFrame({"title": [title], "abstract": ["A"]}).write_parquet(tmp_path / called)
    assert read(tmp_path / name).column("title") == ["T"]


@pytest.mark.parametrize(
    "corpus", ["hf_daily_papers", "acl_anthology", "ml_anthology", "arxiv_daily_2025_2026"]
)
def test_a_shared_corpus_lands_whole_and_unchanged(shared, warehouse, land, rows, corpus):
    path = shared / "corpora" / f"{corpus}.parquet"
    load = land(warehouse, path)
    names = "title, abstract, published, venue, url, upvotes"
    ((landed, landed_sum),) = rows(
        warehouse,
        f"select count(*), sum(hash(source_line, source_paper_id, {names})) from raw.papers",
    )
    ((size, original_sum),) = rows(
        warehouse,
        f"""
        select count(*), sum(hash(file_row_number + 1, paper_id, {names}))
        from read_parquet('{path}', file_row_number = true)
        """,
    )
    assert (load.read_count, load.landed_count, load.rejected_count) == (size, size, 0)
    assert (landed, landed_sum) == (size, original_sum)
