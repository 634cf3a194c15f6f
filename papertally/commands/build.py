"""`papertally build`: every model from the raw rows, in the build file or on Spark."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from papertally.settings import load_settings
from papertally.terminal import say, working


class Target(StrEnum):
    """Where the models are built."""

    duckdb = "duckdb"
    spark = "spark"


def build(
    target: Annotated[
        Target, typer.Option(help="Where to build: in the file, or on Spark into the lake.")
    ] = Target.duckdb,
    lake: Annotated[
        Path | None, typer.Option(help="Folder of the lake; the default is lake in the home.")
    ] = None,
) -> None:
    """Build all models from the raw rows with dbt, and run dbt's tests."""
    from papertally.lock import pipeline_lock
    from papertally.pipeline.build import build as build_models
    from papertally.pipeline.runs import new_run_id

    settings = load_settings()
    if target is Target.spark:
        from papertally.spark.build import build_on_spark

        folder = lake or settings.home / "lake"
        with pipeline_lock(settings, "build", say), working("Building on Spark …"):
            build_on_spark(settings, folder)
        say(f"Built. The marts are Parquet folders in {folder / 'marts'}")
        return
    with pipeline_lock(settings, "build", say) as lock, working("Building …"):
        build_models(settings, new_run_id(settings), lock)
    say("Built. Next: papertally check")
