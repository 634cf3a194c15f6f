"""Charts as pages show them: Vega-Lite without Altair's checks, which cost more than the chart.

What the charts are made of does not come from readers, so the tests check them instead.
"""

import importlib
from collections.abc import Callable
from typing import Any, Final

import streamlit as st
from altair.utils import schemapi

from dashboard.charts.palette import Chart

_THEME: Final = "config"
"""Altair's own defaults of size, which pages have no use for."""

schemapi.disable_debug_mode()

# Altair looks whether pandas is loaded, and Streamlit loads it late: when several people come
# first, one of them would meet half of it. So it is loaded before there is a chart.
importlib.import_module("pandas")


def specification(chart: Chart) -> dict[str, Any]:
    """Return the chart as Vega-Lite."""
    spec = chart.to_dict(validate=False)
    spec.pop(_THEME, None)
    return spec


def draw(
    chart: Chart,
    words: str,
    key: str | None = None,
    on_select: Callable[[], None] | None = None,
    selection: str | None = None,
) -> None:
    """Show a chart, with its words for those who do not see it; a click calls `on_select`."""
    st.vega_lite_chart(  # pyright: ignore[reportUnknownMemberType]
        spec=specification(chart),
        width="stretch",
        alt=words,
        key=key,
        on_select=on_select or "ignore",
        selection_mode=selection,
    )
