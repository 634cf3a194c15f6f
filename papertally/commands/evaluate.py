"""`papertally evaluate`: the mentions against labelled text."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from papertally.commands.options import AsJson
from papertally.settings import SAMPLE_LABELS, load_settings
from papertally.terminal import print_json, say
from papertally.visible import in_line

if TYPE_CHECKING:
    from papertally.scoring.scores import Evaluation


def evaluate(
    gold: Annotated[
        Path,
        typer.Option("--gold", help="Labelled papers, JSON Lines; default: the embedded ones."),
    ] = SAMPLE_LABELS,
    errors: Annotated[
        bool, typer.Option("--errors", help="List what was missed and what was wrong.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Score the mentions against labelled text: precision, recall and F1 with intervals."""
    from papertally.lock import pipeline_lock
    from papertally.pipeline.runs import now
    from papertally.publishing.publish import mark_unchecked
    from papertally.scoring.evaluate import evaluate as score
    from papertally.scoring.evaluate import land_evaluation
    from papertally.warehouse.build_file import build_connection

    settings = load_settings()
    with pipeline_lock(settings, "evaluate", say) as lock:
        evaluation = score(settings, gold, lock)
        mark_unchecked(settings)
        with build_connection(settings) as con:
            land_evaluation(con, evaluation, now())
    _print_evaluation(evaluation, errors=errors, as_json=as_json)
    say("Landed in quality.extraction_scores. To publish: papertally check && papertally publish")


def _print_evaluation(evaluation: "Evaluation", *, errors: bool, as_json: bool) -> None:
    """Print scores, and with `errors` every disagreement with its sentence."""
    rows = [
        {
            "match_rule": s.match_rule,
            "entity_type": s.entity_type,
            "labels": s.label_count,
            "found": s.found_count,
            "correct": s.correct_count,
        }
        | s.rates()
        for s in evaluation.scores
    ]
    if as_json:
        listed = [asdict(item) for item in evaluation.disagreements] if errors else []
        print_json({"label_set": evaluation.labels.name, "scores": rows, "errors": listed})
        return
    print(f"{in_line(evaluation.labels.name)}: {len(evaluation.labels.texts):,} papers")
    print(
        f"{'rule':8} {'type':11} {'labels':>6} {'found':>6}"
        f"  {'precision':19}  {'recall':19}  {'F1':19}"
    )
    for row in rows:
        rates = "  ".join(_rate(row, name) for name in ("precision", "recall", "f1"))
        print(
            f"{row['match_rule']:8} {row['entity_type']:11}"
            f" {row['labels']:6,} {row['found']:6,}  {rates}"
        )
    if errors:
        for item in evaluation.disagreements:
            sentence = in_line(" ".join(item.sentence.split()))
            print(f"{item.error_kind:6} {item.entity_type:8} {item.surface!r} in: {sentence}")


def _rate(row: "dict[str, Any]", name: str) -> str:
    if row[name] is None:
        return f"{'-':19}"
    return f"{row[name]:.3f} ({row[f'{name}_low']:.3f}-{row[f'{name}_high']:.3f})"
