"""Options that several commands share, and how those that read print a frame."""

import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from papertally.errors import UsageError
from papertally.terminal import write_rows

if TYPE_CHECKING:
    import polars as pl
    from rich.table import Table

    from papertally.api import Filter


class Output(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


class EntityType(StrEnum):
    """What a name can be."""

    model = "model"
    dataset = "dataset"
    metric = "metric"
    method = "method"


class Grain(StrEnum):
    """Length of a period."""

    month = "month"
    quarter = "quarter"
    year = "year"


class Section(StrEnum):
    """Where a mention can stand."""

    TITLE = "title"
    ABSTRACT = "abstract"


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

Name = Annotated[str, typer.Argument(help="Any spelling of a name, or an entity_id.")]
Format = Annotated[Output, typer.Option("--format", help="How to print the rows.")]
Source = Annotated[str | None, typer.Option("--source", help="Only papers of this source.")]
Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], help="Only papers of this day or later."),
]
Until = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], help="Only papers of this day or earlier."),
]
InSection = Annotated[
    Section | None, typer.Option("--section", help="Only mentions in titles, or in abstracts.")
]
Method = Annotated[
    str | None, typer.Option("--method", help="Only mentions found this way, for example alias.")
]
Adoption = Annotated[
    bool, typer.Option("--adoption", help="Leave out papers that introduce the name.")
]
Family = Annotated[
    bool, typer.Option("--family", help="Count the names below it too: GPT with GPT-4.")
]


def chosen(
    source: str | None,
    since: datetime | None,
    until: datetime | None,
    section: Section | None,
    method: str | None,
    *,
    adoption: bool,
) -> "Filter":
    """Return the options as the filter that the queries take."""
    return {
        "source_name": source,
        "since": since.date() if since else None,
        "until": until.date() if until else None,
        "section": section.value if section else None,
        "match_method": method,
        "is_adoption": adoption,
    }


def emit(frame: "pl.DataFrame", output: Output, table: "Table") -> None:
    """Print rows on standard output: the table for people, the whole frame otherwise."""
    if output is Output.table:
        from rich.console import Console

        Console().print(table)
        return
    if output is Output.parquet and sys.stdout.isatty():
        raise UsageError("Parquet is binary; send it to a file: … --format parquet > rows.parquet")
    from papertally.reading.query import render

    write_rows(render(frame, output.value), output.value)


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
