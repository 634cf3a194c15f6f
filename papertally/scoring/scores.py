"""Precision, recall and F1 of found mentions against labelled ones, and where they disagree."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from papertally.scoring.labels import Labels, Span
from papertally.scoring.wilson import wilson_interval

MatchRule = Literal["strict", "overlap"]


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
