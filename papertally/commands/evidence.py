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
from papertally.terminal import say
from papertally.visible import cell

_SHOWN = 20


def evidence(
    name: Name,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            min=0,
            help="How many mentions; 0 is all. Without it a table shows the newest 20, the "
            "other formats hold all.",
        ),
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

    corpus = papertally.open()
    filters = chosen(source, since, until, section, method, adoption=adoption)
    if limit is None and output is Output.table:
        limit = _SHOWN
    frame = corpus.evidence(name, limit or None, with_family=family, **filters)
    table = Table("date", "paper", "sentence", show_lines=True)
    for row in frame.to_dicts() if output is Output.table else ():
        text, start, end = row["sentence"], row["mark_start"], row["mark_end"]
        mention = cell(text[start:end])
        mention.stylize("bold reverse")
        sentence = cell(text[:start]) + mention + cell(text[end:])
        table.add_row(str(row["published_on"] or "-"), cell(row["paper_id"]), sentence)
    whole = corpus.counts(name, with_family=family, **filters).row(0, named=True)
    table.caption = f"{whole['mention_count']:,} mentions in {whole['paper_count']:,} papers"
    emit(frame, output, table)
    if more := whole["mention_count"] - len(frame):
        say(f"… {more:,} more of {whole['mention_count']:,} mentions; --limit 0 for all")
