"""The embedded corpus, and the rows of the shared corpora that it takes its facts from."""

import csv
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

Rows = list[dict[str, Any]]


def json_lines(name: str) -> Rows:
    return [json.loads(line) for line in (SAMPLES / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def papers() -> Rows:
    return json_lines("papers.jsonl")


@pytest.fixture(scope="session")
def labelled() -> Rows:
    return json_lines("labels.jsonl")


@pytest.fixture(scope="session")
def sources() -> Rows:
    with (SAMPLES / "sources.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def originals(shared: Path, sources: Rows) -> dict[str, dict[str, Any]]:
    """By paper_id: the row of the shared corpus that sources.csv names."""
    found: dict[str, dict[str, Any]] = {}
    for corpus in {row["source_corpus"] for row in sources}:
        ids = [row["paper_id"] for row in sources if row["source_corpus"] == corpus]
        frame = pl.scan_parquet(shared / "corpora" / f"{corpus}.parquet")
        rows = frame.filter(pl.col("paper_id").is_in(ids)).collect().to_dicts()
        assert len(rows) == len(ids), f"{corpus} holds each of its papers once"
        found |= {row["paper_id"]: row for row in rows}
    return found
