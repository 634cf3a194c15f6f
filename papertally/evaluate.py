"""Scores of the mentions against labelled text, and every disagreement with its sentence."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal, cast

import duckdb

from ingest.formats.jsonl import JsonlFormat
from ingest.land import land_file
from papertally.dbt import run_dbt
from papertally.errors import PapertallyError, UsageError
from papertally.extraction import vocabulary_key
from papertally.settings import Settings
from papertally.warehouse import build_connection
from papertally.wilson import wilson_interval

MatchRule = Literal["strict", "overlap"]
ENTITY_TYPES: Final = ("model", "dataset", "metric", "method")
SCORED_MODELS: Final = ("+dim_papers", "+fct_mentions")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One mention, labelled or found. Offsets as in fct_mentions."""

    paper: str
    section: str
    start_char: int
    end_char: int
    entity_type: str
    is_introduced: bool | None = None

    def key(self) -> tuple[str, str, int, int, str]:
        """What strict agreement compares: section, span and type of one paper."""
        return self.paper, self.section, self.start_char, self.end_char, self.entity_type

    def overlaps(self, other: "Span") -> bool:
        """Whether both stand in one section of one paper and share a character."""
        return (
            (self.paper, self.section) == (other.paper, other.section)
            and self.start_char < other.end_char
            and other.start_char < self.end_char
        )


@dataclass(frozen=True, slots=True)
class Labels:
    """A labelled set: texts by content hash, and the spans in them."""

    name: str
    sha256: str
    texts: dict[str, tuple[str, str]]
    spans: tuple[Span, ...]

    @property
    def entity_types(self) -> tuple[str, ...]:
        """The types that the set labels at all; the others cannot be scored on it."""
        present = {span.entity_type for span in self.spans}
        return tuple(name for name in ENTITY_TYPES if name in present)


@dataclass(frozen=True, slots=True)
class Score:
    """Agreement of one type (or `all`, or `introduced`) under one rule.

    Precision and recall carry 95 % Wilson intervals. That of F1 treats it as the share of
    agreements among the mean of labels and findings, which is approximate.
    """

    match_rule: MatchRule
    entity_type: str
    label_count: int
    found_count: int
    correct_count: int
    recalled_count: int

    def rates(self) -> dict[str, float | None]:
        """Return precision, recall and F1 with their intervals; null where undefined."""
        mean = (self.label_count + self.found_count) / 2
        agreed = (self.correct_count + self.recalled_count) / 2
        figures: dict[str, float | None] = {}
        for name, part, whole in (
            ("precision", self.correct_count, self.found_count),
            ("recall", self.recalled_count, self.label_count),
            ("f1", agreed, mean),
        ):
            interval = wilson_interval(part, whole)
            figures[name] = part / whole if whole else None
            figures[f"{name}_low"], figures[f"{name}_high"] = interval or (None, None)
        return figures


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One mention that was missed, or found where none is labelled."""

    error_kind: Literal["missed", "wrong"]
    entity_type: str
    surface: str
    paper_title: str
    section: str
    start_char: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All scores and disagreements on one labelled set."""

    labels: Labels
    scores: tuple[Score, ...]
    disagreements: tuple[Disagreement, ...]


def read_labels(path: Path) -> Labels:
    """Read a labelled set: JSON Lines with title, abstract and mentions.

    Raises:
        UsageError: the file is missing or a line does not have that shape.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}. --gold takes a file of labels.") from error
    texts: dict[str, tuple[str, str]] = {}
    spans: list[Span] = []
    for number, line in enumerate(content.decode(errors="replace").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            item = cast("dict[str, Any]", json.loads(line))
            title, abstract = str(item["title"]), str(item["abstract"] or "")
            paper = content_hash(title, abstract)
            texts[paper] = (title, abstract)
            spans.extend(
                Span(
                    paper,
                    mention["section"],
                    int(mention["start"]),
                    int(mention["end"]),
                    mention["type"],
                    mention.get("introduced"),
                )
                for mention in item["mentions"]
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"{path}, line {number}: not a labelled paper ({type(error).__name__}: {error}). "
                "A line needs title, abstract and mentions with section, start, end and type."
            ) from error
    if not texts:
        raise UsageError(f"{path}: no labelled paper in it.")
    return Labels(path.stem, hashlib.sha256(content).hexdigest(), texts, tuple(sorted(set(spans))))


def content_hash(title: str, abstract: str) -> str:
    """Return the content_hash that dim_papers gives to these texts."""
    return hashlib.md5(f"{title}\n{abstract}".encode(), usedforsecurity=False).hexdigest()


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


def compare(labels: Labels, found: Sequence[Span]) -> Evaluation:
    """Compare labelled and found spans, strictly and by overlap.

    Strict: same section, span and type. Overlap: same section and type, spans share a
    character; precision counts the found spans that overlap a label, recall the labels
    that a found span overlaps.
    """
    labelled_keys = {span.key() for span in labels.spans}
    found_keys = {span.key() for span in found}
    right = [span for span in found if span.key() in labelled_keys]
    recalled = [span for span in labels.spans if span.key() in found_keys]
    scores = _scores("strict", labels, found, right, recalled)
    scores += _introduction_scores(labels, found)
    scores += _scores(
        "overlap",
        labels,
        found,
        _overlapping(found, labels.spans),
        _overlapping(labels.spans, found),
    )
    disagreements = [
        _disagreement("missed", span, labels)
        for span in labels.spans
        if span.key() not in found_keys
    ] + [_disagreement("wrong", span, labels) for span in found if span.key() not in labelled_keys]
    return Evaluation(labels, tuple(scores), tuple(disagreements))


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


def _scores(
    rule: MatchRule,
    labels: Labels,
    found: Sequence[Span],
    right: Sequence[Span],
    recalled: Sequence[Span],
) -> list[Score]:
    scores: list[Score] = []
    for name in (*labels.entity_types, "all"):
        counts = [
            sum(name in ("all", span.entity_type) for span in spans)
            for spans in (labels.spans, found, right, recalled)
        ]
        scores.append(Score(rule, name, *counts))
    return scores


def _introduction_scores(labels: Labels, found: Sequence[Span]) -> list[Score]:
    """Score `is_introduced` on the spans on which both agree; none where labels lack it."""
    labelled = {span.key(): span.is_introduced for span in labels.spans}
    agreed = [span for span in found if labelled.get(span.key()) is not None]
    if not agreed:
        return []
    said = [span for span in agreed if span.is_introduced]
    true = [span for span in agreed if labelled[span.key()]]
    both = sum(bool(labelled[span.key()]) for span in said)
    return [Score("strict", "introduced", len(true), len(said), both, both)]


def _overlapping(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    places: dict[tuple[str, str, str], list[Span]] = {}
    for other in others:
        places.setdefault((other.paper, other.section, other.entity_type), []).append(other)
    return [
        span
        for span in spans
        if any(
            span.overlaps(other)
            for other in places.get((span.paper, span.section, span.entity_type), [])
        )
    ]


def _disagreement(kind: Literal["missed", "wrong"], span: Span, labels: Labels) -> Disagreement:
    title, abstract = labels.texts[span.paper]
    text = title if span.section == "title" else abstract
    begin = max(
        (text.rfind(mark, 0, span.start_char) + 2 for mark in (". ", "? ", "! ")), default=0
    )
    begin = begin if begin > 1 else 0
    ends = [text.find(mark, span.end_char) + 1 for mark in (". ", "? ", "! ")]
    end = min((place for place in ends if place > 0), default=len(text))
    return Disagreement(
        error_kind=kind,
        entity_type=span.entity_type,
        surface=text[span.start_char : span.end_char],
        paper_title=title,
        section=span.section,
        start_char=span.start_char,
        sentence=text[begin:end],
    )
