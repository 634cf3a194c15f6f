"""What a line shows of its counts: share, papers, papers so far; pooled, aligned, on a log scale.

Frames in, frames out: the numbers under every chart and in every download come from here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import polars as pl

from dashboard.charts.periods import labelled
from queries.corpus import Papers
from queries.shares import Grain

Measure = Literal["share", "papers", "cumulative"]
MEASURES: Final[tuple[Measure, ...]] = ("share", "papers", "cumulative")
POOLS: Final = (1, 3, 5)

FEW_PAPERS: Final = 30
"""A share of fewer papers has an interval too wide for a chart; where all are so few, it stays."""

_Z: Final = 1.959964


_SHORT_YEARS: Final = 6


def natural_grain(summary: Papers) -> Grain:
    """Return the period to begin with: quarters where years would make a handful of points."""
    first, last = summary.first_published_on, summary.last_published_on
    if first is None or last is None or summary.first_published_precision == "year":
        return "year"
    return "quarter" if last.year - first.year < _SHORT_YEARS else "year"


@dataclass(frozen=True)
class View:
    """How lines are shown.

    Attributes:
        measure: share of papers, papers a period, or papers up to a period.
        grain: the length of a period.
        pool: periods that a share is taken over, itself and those before it.
        is_aligned: whether lines begin at the first period that names them.
        is_log: whether the values stand on a log scale, where zeros have no place.
    """

    measure: Measure = "share"
    grain: Grain = "year"
    pool: int = 1
    is_aligned: bool = False
    is_log: bool = False

    @property
    def unit(self) -> str:
        """Return what the vertical axis counts."""
        if self.measure == "papers":
            return f"papers a {self.grain} that name it"
        if self.measure == "cumulative":
            return f"papers that name it, up to each {self.grain}"
        pooled = f", pooled over {self.pool} {self.grain}s" if self.pool > 1 else ""
        return f"% of papers with an abstract, by {self.grain}{pooled}"

    @property
    def span(self) -> int:
        """Return how many periods one point covers; 0 is all up to it."""
        if self.measure == "cumulative":
            return 0
        return self.pool if self.measure == "share" else 1


def measured(frame: pl.DataFrame, view: View, newest: date | None) -> pl.DataFrame:
    """Return lines of counts with what is shown of them.

    Lines begin at the first period that names one of them. Added are `value` with `low` and `high`
    (null where the measure has no interval), `papers` and `of` (what the value is made of),
    `label`, `at`, `is_unfinished` and `age`, the periods since the first that names the line (null
    before it).
    """
    by = "entity_id"
    if view.measure == "share":
        papers = _pooled("share_paper_count", view.pool)
        of = _pooled("eligible_paper_count", view.pool)
    elif view.measure == "papers":
        papers, of = pl.col("paper_count"), pl.col("eligible_paper_count")
    else:
        papers = pl.col("paper_count").cum_sum().over(by)
        of = pl.col("eligible_paper_count").cum_sum().over(by)
    first = pl.col("period").filter(pl.col("paper_count") > 0).min().over(by)
    position = pl.col("period").rank("dense").cast(pl.Int64)
    first_position = position.filter(pl.col("paper_count") > 0).min().over(by)
    shown = labelled(frame, view.grain, newest).with_columns(
        papers=papers.cast(pl.Int64),
        of=of.cast(pl.Int64),
        age=pl.when(pl.col("period") >= first).then(position - first_position),
    )
    if view.measure == "share":
        value, low, high = _wilson(pl.col("papers"), pl.col("of"))
        shown = shown.with_columns(value=value, low=low, high=high)
    else:
        nothing = pl.lit(None, dtype=pl.Float64)
        shown = shown.with_columns(
            value=pl.col("papers").cast(pl.Float64), low=nothing, high=nothing
        )
    if view.is_aligned:
        shown = shown.filter(pl.col("age").is_not_null())
    else:  # before the first mention of any there is nothing but zeros to see
        named = pl.col("period").filter(pl.col("paper_count") > 0).min()
        shown = shown.filter((pl.col("period") >= named).fill_null(value=True))
    if view.is_log:
        shown = shown.filter(pl.col("value") > 0)
    return shown


def supported(frame: pl.DataFrame, view: View) -> pl.DataFrame:
    """Return the measured periods that a chart draws: shares of next to no papers are left out."""
    if view.measure != "share":
        return frame
    most = frame["of"].max() or 0
    return frame.filter(pl.col("of") >= min(FEW_PAPERS, int(most) / 100))  # pyright: ignore[reportArgumentType]


def _pooled(column: str, pool: int) -> pl.Expr:
    return pl.col(column).cast(pl.Int64).rolling_sum(pool, min_samples=1).over("entity_id")


def _wilson(successes: pl.Expr, trials: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Return share, low and high, as the macro wilson_interval has them."""
    square = _Z**2
    centre = (successes + square / 2) / (trials + square)
    spread = (
        _Z * (successes * (trials - successes) / trials + square / 4).sqrt() / (trials + square)
    )
    is_known = trials > 0
    return (
        pl.when(is_known).then(successes / trials),
        pl.when(is_known).then((centre - spread).clip(0.0, 1.0)),
        pl.when(is_known).then((centre + spread).clip(0.0, 1.0)),
    )
