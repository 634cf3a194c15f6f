"""The share of papers that mention a name, with its interval as a band."""

from datetime import date

import altair as alt
import polars as pl

from dashboard import phrases
from dashboard.charts.periods import axis, labelled, value_axis
from dashboard.queries.corpus import Grain


def share_chart(
    frame: pl.DataFrame, grain: Grain, newest: date | None
) -> alt.LayerChart | alt.FacetChart:
    """Return line, points and band; a hollow last point is a period that the corpus cuts."""
    points = labelled(frame, grain, newest).select(
        "label",
        "paper_share",
        "paper_share_low",
        "paper_share_high",
        "share_paper_count",
        "eligible_paper_count",
        "is_unfinished",
    )
    base = alt.Chart(points).encode(x=axis(grain))
    share = alt.Y(
        "paper_share:Q",
        axis=value_axis("% of papers with an abstract", "~%"),
        scale=alt.Scale(zero=True, nice=True),
    )
    band = base.mark_area(opacity=0.22).encode(
        y=alt.Y("paper_share_low:Q", axis=value_axis("% of papers with an abstract", "~%")),
        y2="paper_share_high:Q",
    )
    whiskers = base.mark_rule(opacity=0.5 if len(points) <= 15 else 0.15).encode(
        y="paper_share_low:Q",
        y2="paper_share_high:Q",
    )
    line = base.mark_line(strokeWidth=2).encode(y=share)
    size = 70 if len(points) <= 15 else 24
    tooltip = [
        alt.Tooltip("label:O", title=grain),
        alt.Tooltip("paper_share:Q", title="share", format=".2%"),
        alt.Tooltip("paper_share_low:Q", title="95 % interval from", format=".2%"),
        alt.Tooltip("paper_share_high:Q", title="to", format=".2%"),
        alt.Tooltip("share_paper_count:Q", title="papers that mention it", format=","),
        alt.Tooltip("eligible_paper_count:Q", title="papers with an abstract", format=","),
    ]
    dots = (
        base.transform_filter("!datum.is_unfinished")
        .mark_point(size=size, filled=True, opacity=1)
        .encode(y=share, tooltip=tooltip)
    )
    hollow = (
        base.transform_filter("datum.is_unfinished")
        .mark_point(size=size, filled=False, strokeWidth=2)
        .encode(y=share, tooltip=tooltip)
    )
    return alt.layer(band, whiskers, line, dots, hollow).properties(
        height=260, padding={"top": 22, "left": 5, "right": 5, "bottom": 5}
    )


def share_words(frame: pl.DataFrame, grain: Grain, name: str) -> str:
    """Return the chart in words: start, end, peak, and how sure each is."""
    known = frame.filter(pl.col("paper_share").is_not_null())
    if known.is_empty():
        return f"No {grain} has a paper with an abstract."
    first, last = known.row(0, named=True), known.row(-1, named=True)
    peak = known.row(int(known["paper_share"].arg_max() or 0), named=True)

    def words(row: dict[str, object]) -> str:
        low, high = row["paper_share_low"], row["paper_share_high"]
        return (
            f"{phrases.percent(row['paper_share'])} "  # pyright: ignore[reportArgumentType]
            f"({phrases.interval(low, high)}) "  # pyright: ignore[reportArgumentType]
            f"in {phrases.day(row['period'], grain)}"  # pyright: ignore[reportArgumentType]
        )

    return (
        f"Line chart: share of papers with an abstract that mention {name}, by {grain}. "
        f"First {words(first)}, last {words(last)}, highest {words(peak)}; "
        "95 % Wilson intervals in brackets."
    )
