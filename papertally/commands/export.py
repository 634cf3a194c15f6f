"""`papertally export`: take the public tables and leave."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class FileFormat(StrEnum):
    """What the files are written as."""

    parquet = "parquet"
    csv = "csv"
    jsonl = "jsonl"


def export(
    tables: Annotated[
        list[str] | None, typer.Argument(help="Public tables; all marts when none is given.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder to write into.")] = Path("export"),
    output: Annotated[
        FileFormat, typer.Option("--format", help="What to write.")
    ] = FileFormat.parquet,
) -> None:
    """Write public tables as files, with a metadata.json that says what they are."""
    from papertally.reading.export import export as write_tables
    from papertally.settings import load_settings
    from papertally.terminal import say

    metadata = write_tables(load_settings(), out, tables or [], output.value)
    for table in metadata["tables"]:
        say(f"{out / table['file']}: {table['rows']:,} rows")
    say(f"{out / 'metadata.json'}: snapshot {metadata['snapshot']}")
