"""The command line: its verbs, in the order of the pipeline, and how a foreseen error ends."""

import os
import sys
from typing import Annotated

import typer

from papertally import __version__
from papertally.commands import backup, fetch, lake, snapshots, vocabulary
from papertally.commands.build import build
from papertally.commands.check import check
from papertally.commands.dashboard import dashboard
from papertally.commands.evaluate import evaluate
from papertally.commands.evidence import evidence
from papertally.commands.explain import explain
from papertally.commands.export import export
from papertally.commands.ingest import ingest
from papertally.commands.publish import publish
from papertally.commands.query import query
from papertally.commands.report import report
from papertally.commands.run import run
from papertally.commands.status import status
from papertally.commands.synth import synth
from papertally.commands.top import top
from papertally.commands.trend import compare, trend
from papertally.errors import PapertallyError, in_words
from papertally.terminal import say

app = typer.Typer(
    help="Count which models, datasets, metrics and methods papers name; open the sentences.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for _command in (
    *(run, ingest, build, evaluate, check, publish, status),
    *(top, trend, compare, evidence, explain, query),
    *(dashboard, report, export),
    *(snapshots.snapshots, snapshots.diff, snapshots.rollback, backup.backup, backup.restore),
    synth,
):
    app.command()(_command)
app.add_typer(fetch.app, name="fetch")
app.add_typer(vocabulary.app, name="vocabulary")
app.add_typer(lake.app, name="lake")


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        print(f"papertally {__version__}")
        raise typer.Exit


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


if __name__ == "__main__":
    main()
