"""Scores: what agrees, what does not, and where the figures land."""

import json
from pathlib import Path

import duckdb
import pytest

from papertally.scoring.labels import Span, content_hash, read_labels
from papertally.scoring.scores import compare
from papertally.scoring.wilson import wilson_interval
from tests.conftest import Papertally, run_papertally


def label(surface: str, text: str, kind: str, section: str = "abstract") -> dict[str, object]:
    start = text.index(surface)
    return {"section": section, "start": start, "end": start + len(surface), "type": kind}


def write_labels(path: Path) -> Path:
    text = "We train BERT on the GLUE benchmark and report accuracy."
    mentions = [
        label("BERT", text, "model"),
        label("GLUE benchmark", text, "dataset"),
        label("train", text, "method"),
    ]
    path.write_text(json.dumps({"title": "T", "abstract": text, "mentions": mentions}) + "\n")
    return path


def test_scores_of_text_that_the_warehouse_does_not_hold(
    papertally: Papertally, tmp_path: Path
) -> None:
    gold = write_labels(tmp_path / "labels.jsonl")
    done = papertally("evaluate", "--gold", str(gold), "--errors", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    scores = {(row["match_rule"], row["entity_type"]): row for row in result["scores"]}
    assert scores["strict", "model"]["f1"] == 1
    assert scores["strict", "dataset"]["f1"] == 0
    assert scores["overlap", "dataset"]["f1"] == 1
    assert scores["strict", "method"]["recall"] == 0
    assert ("strict", "metric") not in scores  # a type that the set does not label is not scored
    errors = {(item["error_kind"], item["surface"]) for item in result["errors"]}
    assert errors == {("missed", "GLUE benchmark"), ("wrong", "GLUE"), ("missed", "train")}
    with duckdb.connect(tmp_path / "home" / "build" / "warehouse.duckdb", read_only=True) as con:
        landed = con.sql("select count(*) from quality.extraction_scores").fetchall()
        assert landed == [(len(result["scores"]),)]


def test_text_that_the_warehouse_holds_is_scored_on_its_own_mentions(home_copy: Path) -> None:
    with duckdb.connect(home_copy / "build" / "warehouse.duckdb") as con:
        con.execute("delete from marts.fct_mentions where entity_type = 'model'")
    done = run_papertally(home_copy, "evaluate", "--json")
    assert done.returncode == 0, done.stderr
    scores = {
        (row["match_rule"], row["entity_type"]): row for row in json.loads(done.stdout)["scores"]
    }
    assert scores["strict", "model"]["recall"] == 0
    assert scores["strict", "dataset"]["recall"] > 0.3


def test_scores_reach_the_readers(published_home: Path) -> None:
    with duckdb.connect(published_home / "current.duckdb", read_only=True) as con:
        rows = con.sql(
            "select entity_type, f1_low, f1, f1_high from quality.extraction_scores"
            " where match_rule = 'strict' and entity_type <> 'introduced'"
        ).fetchall()
    assert {row[0] for row in rows} == {"model", "dataset", "metric", "method", "all"}
    assert all(0 < low <= f1 <= high < 1 for _, low, f1, high in rows)


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"title": "T"}',
        '{"title":"T","abstract":"a","mentions":[{"start":1}]}',
        "",
    ],
)
def test_labels_of_another_shape_are_named_by_line(
    papertally: Papertally, tmp_path: Path, line: str
) -> None:
    gold = tmp_path / "labels.jsonl"
    gold.write_text(line)
    done = papertally("evaluate", "--gold", str(gold))
    assert done.returncode == 2
    assert str(gold) in done.stderr


def test_introductions_are_scored_where_both_agree_on_the_span(tmp_path: Path) -> None:
    gold = write_labels(tmp_path / "labels.jsonl")
    labels = read_labels(gold)
    paper = content_hash("T", "We train BERT on the GLUE benchmark and report accuracy.")
    said = Span(paper, "abstract", 9, 13, "model", is_introduced=True)
    evaluation = compare(labels, [said])
    assert not [score for score in evaluation.scores if score.entity_type == "introduced"]


def test_wilson_interval_against_published_figures() -> None:
    # 1, 9 and 20 of 119: 0.1-4.6 %, 4.0-13.8 %, 11.2-24.5 %
    for successes, low, high in ((1, 0.001, 0.046), (9, 0.040, 0.138), (20, 0.112, 0.245)):
        interval = wilson_interval(successes, 119)
        assert interval is not None
        assert interval == pytest.approx((low, high), abs=0.0006)
    assert wilson_interval(0, 0) is None


def test_sql_and_python_agree_on_the_interval(built_file: Path) -> None:
    with duckdb.connect(built_file, read_only=True) as con:
        rows = con.sql(
            "select distinct share_paper_count, eligible_paper_count,"
            " paper_share_low, paper_share_high from marts.entity_counts"
        ).fetchall()
    for successes, trials, low, high in rows:
        assert wilson_interval(successes, trials) == pytest.approx((low, high))
