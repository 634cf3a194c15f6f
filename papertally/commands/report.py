"""`papertally report`: one HTML file for people who never start a server."""

from pathlib import Path
from typing import Annotated

import typer


def report(
    name: Annotated[
        str | None, typer.Argument(help="A name; a report on the corpus when none is given.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder to write into.")] = Path("report"),
) -> None:
    """Write a report on the corpus or on one name: one HTML file that loads nothing."""
    from papertally.report.page import write_report
    from papertally.settings import load_settings
    from papertally.terminal import say

    say(f"Wrote {write_report(load_settings(), out, name)}")
