"""`papertally synth`: made-up papers for benchmarks."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def synth(
    path: Annotated[Path, typer.Argument(help="The file to write.")],
    papers: Annotated[int, typer.Option("--papers", min=1, help="How many papers.")] = 10_000,
    file_format: Annotated[
        Literal["jsonl", "kaggle", "parquet"], typer.Option("--format", help="The file's format.")
    ] = "jsonl",
    seed: Annotated[int, typer.Option("--seed", help="Decides all that is made up.")] = 0,
) -> None:
    """Write made-up papers, the same for the same seed, and their mentions beside them."""
    from papertally.terminal import say
    from papertally.vocabulary.synth import write_papers

    labels = write_papers(papers, file_format, path, seed)
    say(f"{path}: {papers:,} papers; {labels}: their mentions.")
