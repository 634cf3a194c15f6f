"""`papertally query`: SQL on the published file."""

from typing import Annotated

import typer

from papertally.commands.options import Format, Output
from papertally.commands.printing import print_rows
from papertally.settings import load_settings


def query(
    sql: Annotated[str, typer.Argument(help="One statement that reads, in DuckDB's SQL.")],
    output: Format = Output.table,
) -> None:
    """Query the published file; it is opened read-only, without files, network or extensions."""
    from papertally.reading.query import run_query

    print_rows(run_query(load_settings(), sql), output)
