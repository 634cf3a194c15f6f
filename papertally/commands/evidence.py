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
    emit,
)


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
    from rich.text import Text

    import papertally

    frame = papertally.open().evidence(
        name, limit, with_family=family,
        **chosen(source, since, until, section, method, adoption=adoption),
    )  # fmt: skip
    table = Table("date", "paper", "sentence", show_lines=True)
    for row in frame.to_dicts() if output is Output.table else ():
        sentence = Text(row["sentence"])
        sentence.stylize("bold reverse", row["mark_start"], row["mark_end"])
        table.add_row(str(row["published_on"] or "-"), Text(row["paper_id"]), sentence)
    table.caption = f"{len(frame):,} mentions in {frame['paper_id'].n_unique():,} papers"
    emit(frame, output, table)
