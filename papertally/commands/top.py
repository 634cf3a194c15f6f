"""`papertally top`: the most named, or the rising, falling and new ones."""

from enum import StrEnum
from typing import Annotated

import typer

from papertally.commands.options import (
    Adoption,
    EntityType,
    Format,
    InSection,
    Method,
    Output,
    Since,
    Source,
    Until,
    chosen,
)
from papertally.commands.printing import emit, share
from papertally.errors import UsageError
from papertally.visible import cell


class Trend(StrEnum):
    """Trends that the marts test."""

    rising = "rising"
    falling = "falling"
    new = "new"


class Window(StrEnum):
    """What is compared with the window before."""

    three_months = "three_months"
    twelve_months = "twelve_months"
    calendar_year = "calendar_year"


def top(
    entity_type: Annotated[EntityType | None, typer.Argument(help="Only this type.")] = None,
    trend: Annotated[
        Trend | None, typer.Option("--trend", help="Names that rise, fall or are new instead.")
    ] = None,
    window: Annotated[
        Window, typer.Option("--window", help="With --trend: what is compared.")
    ] = Window.twelve_months,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many names.")] = 20,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    section: InSection = None,
    method: Method = None,
    adoption: Adoption = False,
    output: Format = Output.table,
) -> None:
    """List the names that most papers mention, or with --trend those whose share changed."""
    from rich.table import Column, Table

    import papertally

    corpus = papertally.open()
    wanted = entity_type.value if entity_type else None
    filters = chosen(source, since, until, section, method, adoption=adoption)
    if trend is None:
        frame = corpus.top(wanted, limit, **filters)
        table = Table(
            Column("place", justify="right"), "name", "type", Column("papers", justify="right"),
            Column("mentions", justify="right"), Column("share of papers (95 %)", justify="right"),
        )  # fmt: skip
        for row in frame.to_dicts():
            low, high = row["place_low"], row["place_high"]
            place = f"{row['place']}" if low == high or low is None else f"{low}-{high}"
            table.add_row(
                place, cell(row["entity_name"]), row["entity_type"],
                f"{row['paper_count']:,}", f"{row['mention_count']:,}", share(row),
            )  # fmt: skip
        if any(row["place_low"] != row["place_high"] for row in frame.to_dicts()):
            table.caption = "A place such as 6-8 says that intervals overlap."
    else:
        if any(filters.values()):
            raise UsageError("Trends are tested over all papers; leave the filters out.")
        frame = corpus.trends(trend.value, window.value, wanted, limit)
        table = Table(
            "name", "type", Column("before", justify="right"), Column("now", justify="right"),
            Column("change of share (95 %)", justify="right"), Column("q", justify="right"),
        )  # fmt: skip
        for row in frame.to_dicts():
            change = (
                f"{100 * row['share_change']:+.2f} ({100 * row['share_change_low']:+.2f}"
                f" to {100 * row['share_change_high']:+.2f}) points"
            )
            table.add_row(
                cell(row["entity_name"]), row["entity_type"], f"{row['before_paper_count']:,}",
                f"{row['current_paper_count']:,}", "new" if trend is Trend.new else change,
                "-" if row["q_value"] is None else f"{row['q_value']:.1g}",
            )  # fmt: skip
        if len(frame):
            first = frame.row(0, named=True)
            table.caption = (
                f"{first['current_start_on']} to {first['current_end_on']} against the window"
                f" from {first['before_start_on']}; papers with an abstract."
            )
    emit(frame, output, table)
