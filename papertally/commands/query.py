"""`papertally query`: SQL on the published file."""

import sys
from typing import Annotated

import typer

from papertally.commands.options import Format, Output
from papertally.errors import UsageError
from papertally.settings import load_settings
from papertally.terminal import write_rows


def query(
    sql: Annotated[str, typer.Argument(help="One statement that reads, in DuckDB's SQL.")],
    output: Format = Output.table,
) -> None:
    """Query the published file; it is opened read-only, without files, network or extensions."""
    from papertally.reading.query import render, run_query

    content = render(run_query(load_settings(), sql), output.value)
    if output is Output.parquet and sys.stdout.isatty():
        raise UsageError("Parquet is binary; send it to a file: papertally query … > rows.parquet")
    write_rows(content, output.value)
