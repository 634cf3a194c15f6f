"""How many papers each period holds."""

from datetime import date
from typing import Final

import altair as alt
import polars as pl

from dashboard import phrases
from dashboard.charts.hatch import hatched
from dashboard.charts.palette import Chart
from dashboard.charts.periods import axis, labelled, value_axis
from queries.shares import Grain

PICK: Final = "bar"


def volume_chart(frame: pl.DataFrame, grain: Grain, newest: date | None) -> Chart:
    """Return bars of papers by period; a click picks `at`, the period's first day.

    A hatched last bar is a period that the corpus cuts.
    """
    bars = labelled(frame, grain, newest).select(
        "label",
        "at",
        "paper_count",
        "is_unfinished",
        state=pl.when("is_unfinished")
        .then(pl.lit("corpus ends inside this period"))
        .otherwise(pl.lit("whole period")),
    )
    y = alt.Y("paper_count:Q", axis=value_axis("papers", ",d"))
    base = alt.Chart(bars).encode(
        x=axis(grain),
        tooltip=[
            alt.Tooltip("label:O", title=grain),
            alt.Tooltip("paper_count:Q", title="papers", format=","),
            alt.Tooltip("state:N", title="state"),
        ],
    )
    whole = (
        base.mark_bar(cornerRadiusTopLeft=2, cornerRadiusTopRight=2)
        .encode(
            y=y,
            opacity=alt.Opacity(
                "is_unfinished:N",
                scale=alt.Scale(domain=[False, True], range=[1, 0.18]),
                legend=None,
            ),
            detail="at:O",
        )
        .add_params(
            alt.selection_point(name=PICK, fields=["at"], on="click", nearest=False, empty=False)
        )
    )
    stripes = (
        base.transform_filter("datum.is_unfinished")
        .mark_rule(**hatched("bandwidth('x')", color="#0072b2"))
        .encode(y=y, y2=alt.datum(0))
    )
    return alt.layer(whole, stripes).properties(
        height=220, padding={"top": 22, "left": 5, "right": 5, "bottom": 5}
    )


def volume_words(frame: pl.DataFrame, grain: Grain) -> str:
    """Return the chart in words."""
    first, last = frame.row(0, named=True), frame.row(-1, named=True)
    most = frame.row(int(frame["paper_count"].arg_max() or 0), named=True)
    return (
        f"Bar chart of papers by {grain} of publication, "
        f"{phrases.day(first['period'], grain)} to {phrases.day(last['period'], grain)}: "
        f"{phrases.counted(first['paper_count'], 'paper')} in the first, "
        f"{phrases.counted(last['paper_count'], 'paper')} in the last, at most "
        f"{phrases.counted(most['paper_count'], 'paper')} "
        f"in {phrases.day(most['period'], grain)}."
    )
