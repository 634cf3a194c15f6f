"""The command line: verbs in the order of the pipeline, thin calls into the library."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from papertally import __version__
from papertally.commands import backup, fetch, lake, snapshots, vocabulary
from papertally.commands.build import build
from papertally.commands.evidence import evidence
from papertally.commands.export import export
from papertally.commands.report import report
from papertally.commands.synth import synth
from papertally.commands.top import top
from papertally.commands.trend import compare, trend
from papertally.errors import PapertallyError, UsageError, in_words
from papertally.settings import PROJECT_ROOT, SAMPLE_LABELS, SAMPLE_PAPERS, load_settings
from papertally.terminal import (
    print_evaluation,
    print_json,
    progress,
    say,
    warn,
    working,
    write_rows,
)
from papertally.visible import in_line, visible

if TYPE_CHECKING:
    from ingest.errors import InputError, UnusableFiles
    from ingest.land import Load
    from papertally.pipeline import Input

app = typer.Typer(
    help="Count which models, datasets, metrics and methods papers name; open the sentences.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(fetch.app, name="fetch")
app.add_typer(vocabulary.app, name="vocabulary")
app.add_typer(lake.app, name="lake")

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Files, folders, zip archives; the embedded sample corpus when none is given."
    ),
]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format", help="A name of docs/formats (jsonl, bibtex …); recognised when not given."
    ),
]
SourceName = Annotated[
    str | None, typer.Option("--source", help="What to call the corpus; default: the file's name.")
]
ColumnPairs = Annotated[
    list[str] | None,
    typer.Option("--map", help="FIELD=COLUMN, for files with other column names; repeatable."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


class Output(StrEnum):
    """Formats of `papertally query`."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


@app.command()
def run(
    files: Files = None,
    format_name: FormatName = None,
    source: SourceName = None,
    column_map: ColumnPairs = None,
    as_json: AsJson = False,
) -> None:
    """Take files all the way: ingest, build, evaluate, check, publish; print what was found.

    Without files it takes the embedded sample corpus. PAPERTALLY_HOME (default ./warehouse)
    holds everything that is written. A run that fails or is killed changes nothing that
    readers see; run it again and it goes on from what has landed.
    """
    from papertally import pipeline
    from papertally.scoring.evaluate import evaluate as score
    from papertally.scoring.evaluate import is_scored, land_evaluation
    from papertally.lock import pipeline_lock
    from papertally.publishing.publish import clean_up
    from papertally.publishing.publish import publish as publish_file
    from papertally.reading.summary import summarise
    from papertally.warehouse.build_file import build_connection

    settings = load_settings()
    columns = pipeline.parse_column_map(column_map or [])
    inputs, errors = pipeline.find_inputs(files or [SAMPLE_PAPERS], format_name, source)
    with pipeline_lock(settings, "run", say) as lock:
        clean_up(settings)
        started_at, run_id = pipeline.now(), pipeline.new_run_id(settings)
        _, unusable = _ingest(inputs, errors, columns, run_id)
        with working("Building the models and testing them …"):
            pipeline.build(settings, run_id, lock)
        if not is_scored(settings, SAMPLE_LABELS):
            with working("Scoring the mentions against the embedded labels …"):
                evaluation = score(settings, SAMPLE_LABELS, lock)
            with build_connection(settings) as con:
                land_evaluation(con, evaluation, pipeline.now())
        with working("Checking the marts …"):
            result = pipeline.check(settings, run_id, started_at)
        warn(result)
        publish_file(settings)
    summary = summarise(settings, unusable.errors if unusable else ())
    if as_json:
        print_json(summary)
    else:
        from rich.console import Console

        from papertally.reading.summary import print_summary

        print_summary(Console(), summary, settings)
    if unusable:
        raise unusable


@app.command()
def ingest(
    files: Files = None,
    format_name: FormatName = None,
    source: SourceName = None,
    column_map: ColumnPairs = None,
    as_json: AsJson = False,
) -> None:
    """Land files in the raw tables and let the gate judge them; nothing is published."""
    from dataclasses import asdict

    from papertally import pipeline
    from papertally.lock import pipeline_lock
    from papertally.publishing.publish import clean_up

    settings = load_settings()
    columns = pipeline.parse_column_map(column_map or [])
    inputs, errors = pipeline.find_inputs(files or [SAMPLE_PAPERS], format_name, source)
    with pipeline_lock(settings, "ingest", say):
        clean_up(settings)
        run_id = pipeline.new_run_id(settings)
        loads, unusable = _ingest(inputs, errors, columns, run_id)
    if as_json:
        print_json([asdict(load) for load in loads])
    if unusable:
        raise unusable


@app.command()
def check(as_json: AsJson = False) -> None:
    """Run the gate on the marts; only what passes may be published."""
    from dataclasses import asdict

    from papertally import pipeline
    from papertally.lock import pipeline_lock

    settings = load_settings()
    with pipeline_lock(settings, "check", say):
        result = pipeline.check(settings, pipeline.new_run_id(settings))
    warn(result)
    say(f"{len(result.checks)} checks, none critical failed. Next: papertally publish")
    if as_json:
        print_json(asdict(result))


@app.command()
def publish() -> None:
    """Publish the checked build file: copy it, then point readers to the copy."""
    from papertally.lock import pipeline_lock
    from papertally.publishing.publish import publish as publish_file

    settings = load_settings()
    with pipeline_lock(settings, "publish", say):
        version = publish_file(settings)
    say(f"Published {version}")


@app.command()
def status(as_json: AsJson = False) -> None:
    """Show what is published, how fresh it is, and what the last gate said."""
    from papertally.reading.status import status as read_status

    report = read_status(load_settings())
    if as_json:
        print_json(report)
        return
    for name, value in report.items():
        shown = cast("dict[str, Any]", value if isinstance(value, dict) else {"": value})
        for part, figure in shown.items():
            label = f"{name} {part}".strip().replace("_", " ")
            is_count = isinstance(figure, int) and not isinstance(figure, bool)
            text = f"{figure:,}" if is_count else "-" if figure is None else str(figure)
            print(f"{label:28} {in_line(text)}")


@app.command()
def query(
    sql: Annotated[str, typer.Argument(help="One statement that reads, in DuckDB's SQL.")],
    output: Annotated[
        Output, typer.Option("--format", help="How to print the rows.")
    ] = Output.table,
) -> None:
    """Query the published file; it is opened read-only, without files, network or extensions."""
    from papertally.reading.query import render, run_query

    content = render(run_query(load_settings(), sql), output.value)
    if output is Output.parquet and sys.stdout.isatty():
        raise UsageError("Parquet is binary; send it to a file: papertally query … > rows.parquet")
    write_rows(content, output.value)


app.command()(top)
app.command()(trend)
app.command()(compare)
app.command()(build)
app.command()(evidence)
app.command()(export)
app.command()(report)


@app.command()
def explain(
    paper: Annotated[str, typer.Argument(help="A paper_id, or part of a title.")],
    as_json: AsJson = False,
) -> None:
    """Print a published paper with its mentions marked, and why each of them counts."""
    from papertally.reading.explain import as_text
    from papertally.reading.explain import explain as explain_paper

    explained = explain_paper(load_settings(), paper)
    if as_json:
        print_json(explained)
    else:
        print(visible(as_text(explained)))


@app.command()
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
    from papertally import pipeline
    from papertally.scoring.evaluate import evaluate as score
    from papertally.scoring.evaluate import land_evaluation
    from papertally.lock import pipeline_lock
    from papertally.publishing.publish import mark_unchecked
    from papertally.warehouse.build_file import build_connection

    settings = load_settings()
    with pipeline_lock(settings, "evaluate", say) as lock:
        evaluation = score(settings, gold, lock)
        mark_unchecked(settings)
        with build_connection(settings) as con:
            land_evaluation(con, evaluation, pipeline.now())
    print_evaluation(evaluation, errors=errors, as_json=as_json)
    say("Landed in quality.extraction_scores. To publish: papertally check && papertally publish")


@app.command()
def dashboard(
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8501,
) -> None:
    """Open the dashboard on the published file, on this machine only."""
    settings = load_settings()
    os.environ["PAPERTALLY_HOME"] = str(settings.home)
    script = PROJECT_ROOT / "dashboard" / "server.py"
    os.chdir(PROJECT_ROOT)
    arguments = ["run", str(script), "--server.port", str(port)]
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", *arguments])  # noqa: S606


for _command in (
    *(snapshots.snapshots, snapshots.diff, snapshots.rollback),
    *(backup.backup, backup.restore),
):
    app.command()(_command)


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        print(f"papertally {__version__}")
        raise typer.Exit


app.command()(synth)


def main() -> None:
    """Run the command line; errors that we foresee are one message and an exit code."""
    from ingest.errors import InputError

    try:
        app()
    except (PapertallyError, InputError) as error:
        say("\n".join([f"papertally: {error}", *getattr(error, "__notes__", [])]))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        say("papertally: interrupted; readers still see what they saw before.")
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if not (words := in_words(error)):
            raise
        say(f"papertally: {words}")
        sys.exit(1)


def _ingest(
    inputs: "list[Input]", errors: "list[InputError]", columns: dict[str, str], run_id: str
) -> "tuple[list[Load], UnusableFiles | None]":
    """Land what can be landed and say what became of every file.

    Raises:
        InputError: nothing could be used.
    """
    from ingest.errors import UnusableFiles
    from papertally import pipeline

    with progress([source.path for source in inputs]) as advance:
        ingested = pipeline.ingest(load_settings(), inputs, columns, run_id, advance)
    for source, load in ingested.known:
        is_same = str(source.path) == load.source_file
        say(
            f"{in_line(str(source.path))}: not read again; these bytes were landed whole"
            f"{'' if is_same else f' as {in_line(load.source_file)}'}"
            f" on {load.loaded_at:%Y-%m-%d %H:%M} ({load.landed_count:,} papers)"
        )
    for load in ingested.loads:
        say(
            f"{in_line(load.source_file)}: read {load.read_count:,} = landed {load.landed_count:,}"
            f" + already known {load.known_count:,} + rejected {load.rejected_count:,}"
        )
    warn(ingested.gate)
    failed, file_count = [*errors, *ingested.errors], len(errors) + len(inputs)
    if not failed:
        return ingested.loads, None
    if file_count == 1:
        raise failed[0]
    for error in failed:
        say(f"Not landed: {error}")
    unusable = UnusableFiles(failed, file_count)
    if len(failed) == file_count:
        raise unusable
    return ingested.loads, unusable


if __name__ == "__main__":
    main()
