"""Colours, dashes and shapes that tell series apart, for any colour vision and on paper.

The colours are Okabe and Ito's with two darker ones; the pages take theirs, light or dark, from
`.streamlit/config.toml`, and pictures that are saved take these.
"""

from typing import Final

import altair as alt

LIGHT: Final = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d00", "#4d4d4d",
)  # fmt: skip
DASHES: Final = (
    [1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 4], [12, 3], [2, 5], [6, 2, 2, 2, 2, 2],
)  # fmt: skip
SHAPES: Final = (
    "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-left",
    "triangle-right",
)  # fmt: skip
TYPE_COLOURS: Final = {
    "model": "#0072b2", "dataset": "#009e73", "metric": "#cc79a7", "method": "#d55e00",
}  # fmt: skip

MOST_SERIES: Final = len(LIGHT)

Chart = alt.Chart | alt.LayerChart | alt.FacetChart


def as_picture(chart: Chart, title: str, subtitle: str) -> alt.TopLevelMixin:
    """Return the chart as it is saved: a width of its own, a title, a white ground."""
    heading = alt.TitleParams(
        title, subtitle=subtitle, anchor="start", fontSize=18, subtitleColor="#555", offset=28
    )
    sized = chart.properties(width=760, title=heading)
    sized.config = alt.Config(
        background="white",
        range=alt.RangeConfig(category=list(LIGHT)),
        view=alt.ViewConfig(strokeOpacity=0),
    )
    return sized
