"""`papertally evidence`: the sentences behind a number."""

from typing import Annotated

import typer

from papertally.commands.options import (
    Adoption,
    Family,
    Format,
    InSection,
    Method,
    Name,
    Output,
    Since,
    Source,
    Until,
    chosen,
)
from papertally.commands.printing import emit
from papertally.visible import cell


def evidence(
    name: Name,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="How many mentions; all by default.")
    ] = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    section: InSection = None,
    method: Method = None,
    adoption: Adoption = False,
    family: Family = False,
    output: Format = Output.table,
) -> None:
    """Print the sentences that mention a name, the newest paper first."""
    from rich.table import Table

    import papertally

    frame = papertally.open().evidence(
        name, limit, with_family=family,
        **chosen(source, since, until, section, method, adoption=adoption),
    )  # fmt: skip
    table = Table("date", "paper", "sentence", show_lines=True)
    for row in frame.to_dicts() if output is Output.table else ():
        text, start, end = row["sentence"], row["mark_start"], row["mark_end"]
        mention = cell(text[start:end])
        mention.stylize("bold reverse")
        sentence = cell(text[:start]) + mention + cell(text[end:])
        table.add_row(str(row["published_on"] or "-"), cell(row["paper_id"]), sentence)
    table.caption = f"{len(frame):,} mentions in {frame['paper_id'].n_unique():,} papers"
    emit(frame, output, table)
