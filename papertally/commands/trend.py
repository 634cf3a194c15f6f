"""`papertally trend` and `papertally compare`: shares period by period."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from papertally.commands.options import (
    Adoption,
    Family,
    Format,
    Grain,
    InSection,
    Method,
    Name,
    Output,
    Since,
    Source,
    Until,
    chosen,
)
from papertally.commands.printing import emit, label, share, sparkline
from papertally.errors import UsageError
from papertally.visible import cell

if TYPE_CHECKING:
    from rich.table import Table

Names = Annotated[list[str], typer.Argument(help="Spellings of names, or their entity_ids.")]
By = Annotated[Grain, typer.Option("--by", help="Length of a period.")]
MAX_NAMES = 8


def trend(
    name: Name,
    by: By = Grain.quarter,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    section: InSection = None,
    method: Method = None,
    adoption: Adoption = False,
    family: Family = False,
    output: Format = Output.table,
) -> None:
    """Show how many papers mention a name, period by period."""
    from rich.table import Column, Table

    import papertally

    frame = papertally.open().trend(
        name, by.value, with_family=family,
        **chosen(source, since, until, section, method, adoption=adoption),
    )  # fmt: skip
    rows = frame.to_dicts()
    table = Table(
        "period", *(Column(text, justify="right") for text in ("papers", "of", "mentions")),
        Column("share of papers (95 %)", justify="right", no_wrap=True), "",
    )  # fmt: skip
    highest = max((row["paper_share"] or 0 for row in rows), default=0)
    for row in rows:
        width = round(10 * (row["paper_share"] or 0) / highest) if highest else 0
        table.add_row(
            label(row["period"], by, is_complete=row["is_complete"]), f"{row['paper_count']:,}",
            f"{row['eligible_paper_count']:,}", f"{row['mention_count']:,}", share(row),
            "█" * width,
        )  # fmt: skip
    _finish(table, rows, cell(rows[0]["entity_name"]) if rows else None)
    emit(frame, output, table)


def compare(
    names: Names,
    by: By = Grain.quarter,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    section: InSection = None,
    method: Method = None,
    adoption: Adoption = False,
    family: Family = False,
    output: Format = Output.table,
) -> None:
    """Compare the shares of up to eight names, period by period."""
    from rich.table import Column, Table

    import papertally

    if len(names) > MAX_NAMES:
        raise UsageError(f"Give at most {MAX_NAMES} names, not {len(names)}.")
    corpus = papertally.open()
    filters = chosen(source, since, until, section, method, adoption=adoption)
    frame = corpus.compare(*names, grain=by.value, with_family=family, **filters)
    totals = corpus.counts(*names, with_family=family, **filters)
    rows = frame.to_dicts()
    table = Table(
        "name", Column("papers", justify="right"), Column("mentions", justify="right"),
        Column("share of papers (95 %)", justify="right", no_wrap=True), f"share by {by.value}",
    )  # fmt: skip
    for total in totals.to_dicts():
        line = [
            row["paper_share"]
            for row in rows
            if row["entity_id"] == total["entity_id"] and row["period"] is not None
        ]
        table.add_row(
            cell(total["entity_name"]), f"{total['paper_count']:,}",
            f"{total['mention_count']:,}", share(total), sparkline(line[-20:]),
        )  # fmt: skip
    dated = [row for row in rows if row["period"] is not None]
    _finish(table, rows, None)
    if dated:
        last = dated[-1]
        shown = sorted({row["period"] for row in dated})[-20:]
        table.caption = (
            f"{label(shown[0], by)} to {label(last['period'], by, is_complete=last['is_complete'])}"
            "; each line from zero to its own highest share."
        )
    emit(frame, output, table)


def _finish(table: "Table", rows: list[dict[str, Any]], title: Any) -> None:
    table.title = title
    if any(row["is_complete"] is False for row in rows):
        table.caption = "* unfinished: the corpus does not reach the end of the period."
