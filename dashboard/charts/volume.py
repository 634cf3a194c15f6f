"""How many papers each period holds."""

import math
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import altair as alt
import polars as pl

from dashboard import phrases
from dashboard.charts.hatch import hatched
from dashboard.charts.palette import Chart
from dashboard.charts.periods import axis, labelled, value_axis
from dashboard.markup import Markup, element, joined, text
from queries.shares import Grain

_MOST_LABELS: Final = 12


def volume_bars(
    frame: pl.DataFrame, grain: Grain, newest: date | None, address: Callable[[date], str]
) -> Markup:
    """Return the bars as HTML, each a link to the papers of its period.

    The Overview opens with them, and a browser has them before it has read what Vega needs.
    """
    rows = labelled(frame, grain, newest).to_dicts()
    step = _step(max(row["paper_count"] for row in rows))
    top = step * max(math.ceil(max(row["paper_count"] for row in rows) / step), 1)
    lines = (
        _placed("bottom", 100 * at / top, phrases.number(at)) for at in range(0, top + 1, step)
    )
    every = math.ceil(len(rows) / _MOST_LABELS)
    labels = (
        _placed("left", 100 * (place + 0.5) / len(rows), row["label"])
        for place, row in enumerate(rows)
        if place % every == 0
    )
    bars = (_bar(row, top, address(row["period"])) for row in rows)
    return element(
        "figure",
        joined(
            [
                element("figcaption", text(volume_words(frame, grain)), "pt-unseen"),
                element("p", text("papers"), "pt-unit"),
                element(
                    "div",
                    joined([*lines, element("div", joined(bars), "pt-columns")]),
                    "pt-plot",
                ),
                element("div", joined(labels), "pt-labels"),
                element("p", text(f"{grain} of publication"), "pt-unit pt-below"),
            ]
        ),
        "pt-volume",
    )


def _bar(row: dict[str, Any], top: int, address: str) -> Markup:
    unfinished = " (the corpus ends inside)" if row["is_unfinished"] else ""
    words = text(f"{row['label']}: {phrases.counted(row['paper_count'], 'paper')}{unfinished}")
    style = ' class="pt-unfinished"' if row["is_unfinished"] else ""
    height = 100 * row["paper_count"] / top
    # Hundreds of bars are no places for the Tab key to stop; the table below has the same links.
    return Markup(
        f'<a href="{text(address)}" title="{words}" aria-label="{words}" tabindex="-1"{style}>'
        f'<i style="height:{height:.2f}%"></i></a>'
    )


def _placed(edge: str, percent: float, label: str) -> Markup:
    return Markup(
        f'<span class="pt-tick" style="{edge}:{percent:.2f}%" aria-hidden="true">'
        f"<b>{text(label)}</b></span>"
    )


def _step(most: int) -> int:
    """Return the distance of the lines: 1, 2 or 5 and zeros, four of them at most."""
    power = 10 ** max(len(str(most)) - 2, 0)
    return next(
        step for step in (power * size for size in (1, 2, 5, 10, 20, 50)) if 4 * step >= most
    )


def volume_chart(frame: pl.DataFrame, grain: Grain, newest: date | None) -> Chart:
    """Return the bars as a picture to save.

    A hatched last bar is a period that the corpus cuts.
    """
    bars = labelled(frame, grain, newest).select("label", "at", "paper_count", "is_unfinished")
    y = alt.Y("paper_count:Q", axis=value_axis("papers", ",d"))
    base = alt.Chart(bars).encode(x=axis(grain))
    whole = base.mark_bar(cornerRadiusTopLeft=2, cornerRadiusTopRight=2).encode(
        y=y,
        opacity=alt.Opacity(
            "is_unfinished:N",
            scale=alt.Scale(domain=[False, True], range=[1, 0.18]),
            legend=None,
        ),
        detail="at:O",
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
