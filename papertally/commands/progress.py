"""How far a command has come with its files, shown on a terminal."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from papertally.visible import in_line

if TYPE_CHECKING:
    from papertally.pipeline.inputs import Input


@contextmanager
def progress(paths: Sequence[Path]) -> "Generator[Any]":
    """Yield a function that counts records; a terminal shows bytes, records and rate, by file."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    from ingest.progress import FileProgress

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        files = {path: FileProgress(path) for path in paths}
        total = bar.add_task("all files", total=sum(file.byte_count for file in files.values()))
        tasks: dict[Path, Any] = {}
        read: dict[Path, int] = {}

        def advance(source: "Input", count: int) -> None:
            path, file = source.path, files[source.path]
            read[path] = read.get(path, 0) + count
            if path not in tasks:
                tasks[path] = bar.add_task("", total=file.byte_count)
            step = file.advance(count)
            text = f"{in_line(path.name)}: {read[path]:,} records"
            bar.update(tasks[path], description=text, advance=step)
            bar.update(total, advance=step)

        yield advance
