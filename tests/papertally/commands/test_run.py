"""The whole path through the command line, as a user takes it."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from papertally.settings import SAMPLE_PAPERS
from tests.conftest import Papertally, run_papertally

PAPERS = [
    {
        "title": "BERT: a model",
        "abstract": "We present BERT. It is tested on GLUE.",
        "published": "2018",
    },
    {"title": "A study of BERT", "abstract": "BERT and RoBERTa are compared by accuracy."},
    {"title": None, "abstract": "A paper without a title."},
]


def write_papers(path: Path, papers: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(paper) + "\n" for paper in papers), encoding="utf-8")
    return path


def test_run_publishes_what_it_says(papertally: Papertally, tmp_path: Path) -> None:
    papers = write_papers(tmp_path / "mine.jsonl", PAPERS)
    done = papertally("run", str(papers), "--json")
    assert done.returncode == 0, done.stderr
    assert "read 3 = landed 2 + already known 0 + rejected 1" in done.stderr
    summary = json.loads(done.stdout)
    assert summary["papers"] == 2
    assert [row["rejection_rule"] for row in summary["rejected"]] == ["missing_title"]
    counts = {row["entity_name"]: row["mention_count"] for row in summary["top_names"]}
    assert counts == {"BERT": 4, "RoBERTa": 1, "GLUE": 1, "accuracy": 1}

    home = tmp_path / "home"
    status = json.loads(papertally("status", "--json").stdout)
    assert status["counts"] == {
        "papers": 2,
        "mentions": 7,
        "entities_named": 4,
        "rejected_records": 1,
    }
    assert status["gate"]["is_passed"] is True
    assert Path(status["published_file"]).stat().st_mode & 0o222 == 0
    assert (home / "current.duckdb").resolve() == Path(status["published_file"])
    assert Path(status["data_docs"]).is_file()


@pytest.mark.parametrize(
    ("name", "content", "options", "exit_code", "said"),
    [
        pytest.param("none.jsonl", None, [], 2, "no such file", id="missing file"),
        pytest.param("empty.jsonl", "", [], 1, "empty", id="empty file"),
        pytest.param("what.bin", "\x01\x02\x03", [], 2, "format", id="unknown format"),
        pytest.param("a.csv", "name,text\nx,y\n", [], 2, "'title'", id="missing column"),
        pytest.param(
            "a.csv", "title,abstract\n", ["--format", "nonsense"], 2, "jsonl", id="format name"
        ),
        pytest.param("a.csv", "title,abstract\nx,y\n", ["--map", "titel=x"], 2, "--map", id="map"),
    ],
)
def test_unusable_input_is_a_sentence_and_lands_nothing(
    papertally: Papertally,
    tmp_path: Path,
    name: str,
    content: str | None,
    options: list[str],
    exit_code: int,
    said: str,
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    done = papertally("ingest", str(path), *options)
    assert done.returncode == exit_code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    build_file = tmp_path / "home" / "build" / "warehouse.duckdb"
    if build_file.exists():
        with duckdb.connect(build_file, read_only=True) as con:
            assert con.sql("select count(*) from raw.papers").fetchall() == [(0,)]


def test_a_file_that_cannot_be_used_does_not_stop_the_others(
    papertally: Papertally, tmp_path: Path
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.csv").write_text("rank,text\n1,A\n", encoding="utf-8")
    write_papers(folder / "b.jsonl", PAPERS)
    pl.DataFrame({"title": ["T"], "abstract": ["A"]}).write_parquet(folder / "c.parquet")
    (folder / "c.parquet").write_bytes((folder / "c.parquet").read_bytes()[:-60])
    (folder / "d.json").write_bytes("[]".encode("utf-16"))
    write_papers(folder / "e.jsonl", PAPERS[:1])
    done = papertally("ingest", str(folder), "--json")
    assert done.returncode == 1
    assert [load["landed_count"] for load in json.loads(done.stdout)] == [2, 0]
    for name in ("a.csv", "c.parquet", "d.json"):
        assert f"Not landed: {folder / name}" in done.stderr
    assert "3 of 5 files could not be used" in done.stderr
    assert "Traceback" not in done.stderr
    with duckdb.connect(tmp_path / "home" / "build" / "warehouse.duckdb", read_only=True) as con:
        assert con.sql("select count(*) from raw.papers").fetchall() == [(2,)]


def test_a_run_publishes_what_could_be_used_and_names_what_could_not(
    home_copy: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "a.csv"
    bad.write_text("rank,text\n1,A\n", encoding="utf-8")
    with duckdb.connect(home_copy / "build" / "warehouse.duckdb", read_only=True) as con:
        before = con.sql("select count(*) from marts.dim_papers").fetchall()
    # the other file is known to the home, so that nothing has to be built anew
    done = run_papertally(home_copy, "run", str(SAMPLE_PAPERS), str(bad), "--json")
    assert done.returncode == 1
    assert f"Not landed: {bad}, line 1: no column 'title'" in done.stderr
    assert "1 of 2 files could not be used" in done.stderr
    (named,) = json.loads(done.stdout)["not_landed"]
    assert str(bad) in named
    with duckdb.connect(home_copy / "current.duckdb", read_only=True) as con:
        assert con.sql("select count(*) from marts.dim_papers").fetchall() == before


def test_a_column_map_renames(papertally: Papertally, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name,summary,date\nBERT,A text on GLUE.,2019-01\n", encoding="utf-8")
    options = ["--map", "title=name", "--map", "abstract=summary", "--map", "published=date"]
    done = papertally("ingest", str(path), *options, "--source", "mine", "--json")
    assert done.returncode == 0, done.stderr
    (load,) = json.loads(done.stdout)
    assert load["source_name"] == "mine"
    assert load["landed_count"] == 1


def test_a_broken_batch_is_stopped_and_readers_keep_the_old_file(
    home_copy: Path, tmp_path: Path
) -> None:
    before = (home_copy / "current.duckdb").resolve()
    papers = [{"title": "The same title", "abstract": f"Text{' on' * n}."} for n in range(200)]
    done = run_papertally(home_copy, "run", str(write_papers(tmp_path / "broken.jsonl", papers)))
    assert done.returncode == 1
    assert "The same title" in done.stderr  # which rows
    assert run_papertally(home_copy, "publish").returncode == 1
    assert (home_copy / "current.duckdb").resolve() == before
    mended = [paper | {"title": f"Title {n} about a topic"} for n, paper in enumerate(papers)]
    mended_file = write_papers(tmp_path / "broken.jsonl", mended)
    done = run_papertally(home_copy, "ingest", str(mended_file), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["landed_count"] == 200


def test_wrong_marts_are_never_published(home_copy: Path) -> None:
    before = (home_copy / "current.duckdb").resolve()
    with duckdb.connect(home_copy / "build" / "warehouse.duckdb") as con:
        con.execute(
            "update marts.fct_mentions set start_char = start_char + 1, end_char = end_char + 1"
        )
    done = run_papertally(home_copy, "check")
    assert done.returncode == 1
    assert run_papertally(home_copy, "publish").returncode == 1
    assert (home_copy / "current.duckdb").resolve() == before


def test_publish_needs_a_check_of_what_is_there_now(
    home_copy: Path, pass_gate: Callable[[Path], None]
) -> None:
    assert run_papertally(home_copy, "evaluate").returncode == 0  # changes the build file
    done = run_papertally(home_copy, "publish")
    assert done.returncode == 1
    assert "papertally check" in done.stderr
    pass_gate(home_copy)
    assert run_papertally(home_copy, "publish").returncode == 0


def test_old_versions_are_pruned_to_the_setting(
    home_copy: Path, pass_gate: Callable[[Path], None]
) -> None:
    for _ in range(3):
        pass_gate(home_copy)
        done = run_papertally(home_copy, "publish", PAPERTALLY_KEEP_VERSIONS="2")
        assert done.returncode == 0, done.stderr
        for version in (home_copy / "versions").iterdir():
            os.utime(version, (0, 0))  # nobody is about to open what was current long ago
    kept = sorted((home_copy / "versions").iterdir())
    assert len(kept) == 2
    assert (home_copy / "current.duckdb").resolve() == kept[-1].resolve()


def test_settings_that_make_no_sense_are_all_named(papertally: Papertally) -> None:
    done = papertally("status", PAPERTALLY_KEEP_VERSIONS="0", PAPERTALLY_THREADS="many")
    assert done.returncode == 2
    assert "PAPERTALLY_KEEP_VERSIONS" in done.stderr
    assert "PAPERTALLY_THREADS" in done.stderr


def test_nothing_published_is_said(papertally: Papertally) -> None:
    done = papertally("query", "select 1")
    assert done.returncode == 1
    assert "papertally run" in done.stderr
