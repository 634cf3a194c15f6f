"""`papertally lake`: raw layer and marts as Parquet folders, out of a warehouse and into one."""

from pathlib import Path
from typing import Annotated

import typer

from papertally.settings import load_settings
from papertally.terminal import say, working

app = typer.Typer(
    help="Exchange the raw layer and the marts as Parquet, partitioned by month.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def write(folder: Annotated[Path, typer.Argument(help="Folder of the lake.")]) -> None:
    """Write the published file's raw layer and marts; tables that are there are replaced."""
    from papertally.warehouse.lake import write_published

    with working("Writing …"):
        write_published(load_settings(), folder)
    say(f"Written: {folder / 'raw'}, {folder / 'marts'}")


@app.command()
def load(folder: Annotated[Path, typer.Argument(help="Folder of the lake.")]) -> None:
    """Add a lake's raw layer to the warehouse; loads that it holds already are passed over."""
    from papertally.lock import pipeline_lock
    from papertally.publishing.publish import mark_unchecked
    from papertally.warehouse.build_file import build_connection
    from papertally.warehouse.lake import load_raw

    settings = load_settings()
    with pipeline_lock(settings, "ingest", say), working("Reading …"):
        mark_unchecked(settings)
        with build_connection(settings) as con:
            count = load_raw(con, folder)
    say(f"{count} loads added. Next: papertally build")
