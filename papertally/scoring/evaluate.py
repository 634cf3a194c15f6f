"""Labelled text through the models, and what comes of it into `quality`."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb

from ingest.formats.jsonl import JsonlFormat
from ingest.land import land_file
from papertally.building.dbt import run_dbt
from papertally.building.extraction import vocabulary_key
from papertally.errors import PapertallyError
from papertally.scoring.labels import Span, read_labels
from papertally.scoring.scores import Evaluation, compare
from papertally.settings import Settings
from papertally.warehouse.build_file import build_connection

SCORED_MODELS: Final = ("+dim_papers", "+fct_mentions")


def evaluate(settings: Settings, path: Path, lock: int | None = None) -> Evaluation:
    """Score the mentions that the models find in a labelled set.

    Labelled papers that the build file holds (same title and abstract) are scored on its
    own mentions; the others are built in a scratch warehouse that is thrown away.

    Raises:
        UsageError: the labels cannot be read.
        PapertallyError: the scratch build failed.
    """
    labels = read_labels(path)
    found = _found_spans(settings, labels.texts) if settings.build_file.exists() else {}
    missing = {paper: text for paper, text in labels.texts.items() if paper not in found}
    if missing:
        found |= _found_in_scratch(settings, missing, lock)
    spans = sorted(span for group in found.values() for span in group)
    return compare(labels, [span for span in spans if span.entity_type in labels.entity_types])


def land_evaluation(
    con: duckdb.DuckDBPyConnection, evaluation: Evaluation, scored_at: datetime
) -> None:
    """Replace the scores and examples of this labelled set in `quality`."""
    labels = evaluation.labels
    con.execute("begin")
    for table in ("extraction_scores", "extraction_errors"):
        con.execute(f"delete from quality.{table} where label_set = $name", {"name": labels.name})
    for score in evaluation.scores:
        row: dict[str, object] = {
            "label_set": labels.name,
            "label_sha256": labels.sha256,
            "vocabulary_key": vocabulary_key(),
            "scored_at": scored_at,
            "match_rule": score.match_rule,
            "entity_type": score.entity_type,
            "paper_count": len(labels.texts),
            "label_count": score.label_count,
            "found_count": score.found_count,
            "correct_count": score.correct_count,
            **score.rates(),
        }
        _insert(con, "extraction_scores", row)
    for disagreement in evaluation.disagreements:
        _insert(con, "extraction_errors", {"label_set": labels.name} | asdict(disagreement))
    con.execute("commit")


def is_scored(settings: Settings, path: Path) -> bool:
    """Return whether these labels were scored with the vocabulary and rules of now."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with build_connection(settings) as con:
        row = con.execute(
            "select count(*) from quality.extraction_scores"
            " where label_sha256 = $digest and vocabulary_key = $key",
            {"digest": digest, "key": vocabulary_key()},
        ).fetchone()
    return bool(row and row[0])


def _insert(con: duckdb.DuckDBPyConnection, table: str, row: Mapping[str, object]) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f"${name}" for name in row)
    con.execute(f"insert into quality.{table} ({columns}) values ({values})", row)


def _found_spans(settings: Settings, papers: Iterable[str]) -> dict[str, list[Span]]:
    """Return the mentions of those of the papers that a built warehouse holds."""
    with build_connection(settings) as con:
        if not con.sql(
            "from duckdb_tables() where schema_name = 'marts' and table_name = 'fct_mentions'"
        ):
            return {}
        rows = con.execute(
            """
            select
                papers.content_hash,
                mentions.section,
                mentions.start_char,
                mentions.end_char,
                mentions.entity_type,
                mentions.is_introduced
            from marts.dim_papers as papers
            left join marts.fct_mentions as mentions on papers.paper_id = mentions.paper_id
            where papers.content_hash in (select unnest($papers))
            """,
            {"papers": list(papers)},
        ).fetchall()
    found: dict[str, list[Span]] = {}
    for paper, *span in rows:
        spans = found.setdefault(paper, [])
        if span[0] is not None:
            spans.append(Span(paper, *span))
    return found


def _found_in_scratch(
    settings: Settings, texts: dict[str, tuple[str, str]], lock: int | None
) -> dict[str, list[Span]]:
    with TemporaryDirectory(prefix="papertally-", dir=settings.build_dir) as folder:
        scratch = Settings(
            home=Path(folder),
            keep_versions=1,
            threads=settings.threads,
            memory_limit=settings.memory_limit,
            lock_wait=0,
        )
        papers = Path(folder) / "labelled.jsonl"
        with papers.open("w", encoding="utf-8") as file:
            for paper, (title, abstract) in texts.items():
                file.write(json.dumps({"paper_id": paper, "title": title, "abstract": abstract}))
                file.write("\n")
        with build_connection(scratch) as con:
            load = land_file(
                con, papers, JsonlFormat(), source_name="labels", loaded_by="evaluate", columns={}
            )
        if load.landed_count != len(texts):
            raise PapertallyError(
                f"{len(texts) - load.landed_count} labelled papers could not be read as papers; "
                "each needs a title."
            )
        skipped = ("--exclude-resource-type", "test", "unit_test")
        run_dbt(scratch, ["build", "--select", *SCORED_MODELS, *skipped], lock)
        return _found_spans(scratch, texts)
