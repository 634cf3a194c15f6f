"""Periods on an axis: labels that no time zone can shift, and whether the last is complete."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import altair as alt
import polars as pl

from queries.shares import Grain

_LENGTHS: Final[dict[Grain, str]] = {"year": "1y", "quarter": "1q", "month": "1mo"}


def label(grain: Grain) -> pl.Expr:
    """Return the name of a period: 2024, 2024 Q3 or 2024-08."""
    start = pl.col("period")
    if grain == "quarter":
        return pl.format("{} Q{}", start.dt.year(), start.dt.quarter())
    return start.dt.strftime("%Y" if grain == "year" else "%Y-%m")


def labelled(frame: pl.DataFrame, grain: Grain, newest: date | None) -> pl.DataFrame:
    """Return the frame with `label`, `at` and `is_unfinished`: the newest paper lies inside it.

    Labels are words, not dates: a browser west of Greenwich would draw 1 January in December.
    """
    next_period = pl.col("period").dt.offset_by(_LENGTHS[grain])
    after_newest = pl.lit(newest, dtype=pl.Date).dt.offset_by("1d")
    return frame.with_columns(
        label=label(grain),
        at=pl.col("period").dt.to_string("iso"),
        is_unfinished=(next_period > after_newest).fill_null(value=False)
        & (pl.col("period") == pl.col("period").max()),
    )


def axis(grain: Grain, labels: Sequence[str] | None = None) -> alt.X:
    """Return the time axis; labels that would collide are left out.

    Args:
        grain: the length of a period.
        labels: all periods, where some of them have nothing to show.
    """
    return alt.X(
        "label:O",
        scale=alt.Scale(domain=list(labels)) if labels else alt.Undefined,
        title=f"{grain} of publication",
        axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=6, ticks=False),
    )


def value_axis(title: str, number_format: str, title_gap: int = 10) -> alt.Axis:
    """Return a vertical axis whose unit stands above it, where a phone has room for it."""
    return alt.Axis(
        title=title,
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleX=0,
        titleY=-title_gap,
        titleLimit=320,
        format=number_format,
        tickCount=5,
    )
