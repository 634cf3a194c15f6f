"""Options that several commands share."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
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
