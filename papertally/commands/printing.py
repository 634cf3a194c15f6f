"""How the reading commands print: rows in every format, and figures for people."""

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from papertally.commands.options import Grain, Output
from papertally.errors import UsageError
from papertally.visible import visible

if TYPE_CHECKING:
    import polars as pl
    from rich.table import Table


def emit(frame: "pl.DataFrame", output: Output, table: "Table") -> None:
    """Print rows on standard output: the table for people, the whole frame otherwise."""
    if output is Output.table:
        from rich.console import Console

        Console().print(table)
    else:
        print_rows(frame, output)


def print_rows(frame: "pl.DataFrame", output: Output) -> None:
    """Print the whole frame; a file gets the rows as they are, a terminal safe.

    Raises:
        UsageError: they would be bytes on a terminal.
    """
    from papertally.reading.render import render

    if output is Output.parquet and sys.stdout.isatty():
        raise UsageError("Parquet is binary; send it to a file: … --format parquet > rows.parquet")
    content = render(frame, output.value)
    if output is Output.csv and sys.stdout.isatty():
        content = visible(content.decode()).encode()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def share(row: dict[str, Any], name: str = "paper_share") -> str:
    """Return a share with its interval for people."""
    if row[name] is None:
        return "-"
    return f"{row[name]:.2%} ({row[f'{name}_low']:.2%} to {row[f'{name}_high']:.2%})"


def label(period: date | None, grain: Grain, *, is_complete: bool | None = True) -> str:
    """Return a period for people; an asterisk marks an unfinished one."""
    if period is None:
        return "undated"
    text = {
        Grain.month: f"{period:%Y-%m}",
        Grain.quarter: f"{period:%Y}-Q{(period.month + 2) // 3}",
        Grain.year: f"{period:%Y}",
    }[grain]
    return text if is_complete is not False else f"{text}*"


def sparkline(values: list[float | None]) -> str:
    """Return the values as bars from zero; a gap where there is none."""
    bars = "▁▂▃▄▅▆▇█"
    highest = max((value for value in values if value), default=0)
    return "".join(
        " " if value is None else bars[round(value / highest * 7)] if highest else bars[0]
        for value in values
    )
