"""Made-up papers: repeatable, and with mentions that stand where they are said to stand."""

import json

import polars as pl
import pytest

from papertally.vocabulary.synth import FORMATS, write_papers


def rows(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_mentions_stand_in_the_text(tmp_path):
    path = tmp_path / "papers.jsonl"
    labels = {row["paper_id"]: row["mentions"] for row in rows(write_papers(200, "jsonl", path))}
    papers = rows(path)
    assert len(papers) == len(labels) == 200
    for paper in papers:
        assert len(labels[paper["paper_id"]]) >= 2
        for mention in labels[paper["paper_id"]]:
            text = paper[mention["section"]]
            assert text[mention["start"] : mention["end"]] == mention["surface"]


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_seed_gives_the_same_file(tmp_path, file_format):
    paths = [tmp_path / f"{name}.{file_format}" for name in "abc"]
    for path, seed in zip(paths, (1, 1, 2), strict=True):
        write_papers(20, file_format, path, seed)
    first, again, other = (path.read_bytes() for path in paths)
    assert first == again != other


def test_parquet_has_what_the_lines_have(tmp_path):
    write_papers(20, "jsonl", tmp_path / "a.jsonl")
    write_papers(20, "parquet", tmp_path / "a.parquet")
    assert pl.read_parquet(tmp_path / "a.parquet").to_dicts() == rows(tmp_path / "a.jsonl")
