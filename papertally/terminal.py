"""What a person sees: words and progress on standard error, results on standard output."""

import json
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from papertally.visible import in_json, in_line, visible

if TYPE_CHECKING:
    from expectations.results import GateResult
    from papertally.pipeline import Input
    from papertally.scoring.scores import Evaluation

WARNED_ROWS: Final = 5


def say(text: str) -> None:
    """Tell a person something; results go to standard output, words to standard error.

    Lines after the first are indented, so that a name which holds a line break forges no message.
    """
    print(visible(text).replace("\n", "\n  "), file=sys.stderr, flush=True)


@contextmanager
def progress(paths: Sequence[Path]) -> "Generator[Any]":
    """Yield a function that counts records; a terminal shows bytes, records and rate, by file."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    from ingest.progress import FileProgress

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        files = {path: FileProgress(path) for path in paths}
        total = bar.add_task("all files", total=sum(file.byte_count for file in files.values()))
        tasks: dict[Path, Any] = {}
        read: dict[Path, int] = {}

        def advance(source: "Input", count: int) -> None:
            path, file = source.path, files[source.path]
            read[path] = read.get(path, 0) + count
            if path not in tasks:
                tasks[path] = bar.add_task("", total=file.byte_count)
            step = file.advance(count)
            text = f"{in_line(path.name)}: {read[path]:,} records"
            bar.update(tasks[path], description=text, advance=step)
            bar.update(total, advance=step)

        yield advance


@contextmanager
def working(text: str) -> Generator[None]:
    """Say what is being done; a terminal shows that it goes on, and for how long."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        say(text)
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(text, total=1)
        yield
        bar.update(task, completed=1)


def warn(result: "GateResult") -> None:
    """Say which checks failed that stop nothing, with the first rows that did."""
    for warning in result.warnings:
        rows = [str(row) for row in warning.failing_rows[:WARNED_ROWS]]
        if (more := warning.failing_count - len(rows)) > 0 and rows:
            rows.append(f"and {more:,} more; see quality.check_results")
        said = f"{warning.check_name}: {warning.description} Seen: {warning.observed_value}."
        say("\n".join([f"warning: {said}", *rows]))


def print_evaluation(evaluation: "Evaluation", *, errors: bool, as_json: bool) -> None:
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


def write_rows(content: bytes, output: str) -> None:
    """Write rendered rows to standard output; a file gets them as they are, a terminal safe."""
    if output == "csv" and sys.stdout.isatty():
        content = visible(content.decode()).encode()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def print_json(value: object) -> None:
    """Print a result as JSON."""
    print(in_json(json.dumps(value, default=str, ensure_ascii=False, indent=2)))
