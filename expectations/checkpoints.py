"""The two checkpoints, each over all profiles of its gate."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never, cast

import polars as pl

from expectations.context import load_gx
from expectations.results import Gate
from expectations.suites import Judged

if TYPE_CHECKING:
    from great_expectations import Checkpoint
    from great_expectations.data_context.data_context.ephemeral_data_context import (
        EphemeralDataContext,
    )


def judged_profiles(
    gate: Gate, *, load_ids: Sequence[str] | None, latest_date: date, has_previous: bool
) -> list[Judged]:
    """Return the profiles that a gate judges, each with its suite.

    Args:
        gate: which gate.
        load_ids: the loads that the landed batch consists of; None for all accepted ones.
        latest_date: the last day on which a paper may be dated.
        has_previous: whether the published file is attached, for the gate on the marts.
    """
    from expectations.suites import landed_batch, marts

    match gate:
        case "landed_batch":
            return landed_batch.judged_profiles(load_ids, latest_date)
        case "marts":
            return marts.judged_profiles(latest_date, has_previous=has_previous)
        case _:
            assert_never(gate)


def build_checkpoint(
    context: "EphemeralDataContext",
    gate: Gate,
    judged: Sequence[Judged],
    frames: Mapping[str, pl.DataFrame],
    folder: Path,
) -> "Checkpoint":
    """Return one checkpoint over every profile that has a frame.

    A checkpoint hands one and the same data frame to all its suites. So the frames are laid down
    as small Parquet files, which Great Expectations reads into pandas, one asset each.

    Args:
        context: where suites, assets and the checkpoint are registered.
        gate: which gate; also the checkpoint's name.
        judged: the profiles and their suites.
        frames: the computed profiles, by name.
        folder: a temporary folder for the Parquet files.
    """
    gx = load_gx()
    source = cast("Any", context).data_sources.add_pandas("warehouse")
    definitions = [
        context.validation_definitions.add(
            gx.ValidationDefinition(
                name=profile.name,
                data=source.add_parquet_asset(
                    profile.name, path=_write(frames[profile.name], folder / profile.name)
                ).add_batch_definition("whole"),
                suite=context.suites.add(suite),
            )
        )
        for profile, suite in judged
        if profile.name in frames
    ]
    checkpoint: Checkpoint = context.checkpoints.add(
        gx.Checkpoint(name=gate, validation_definitions=definitions, result_format="BASIC")
    )
    return checkpoint


def _write(frame: pl.DataFrame, path: Path) -> Path:
    file = path.with_suffix(".parquet")
    frame.write_parquet(file)
    return file
