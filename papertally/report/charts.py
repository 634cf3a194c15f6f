"""The charts of the report as inline SVG, a wide and a narrow one of each."""

from typing import Any, Final

import polars as pl
import vl_convert as vlc

WIDTHS: Final = {"wide": 600, "narrow": 250}
INK: Final = "#3b82c4"
SHOWN_QUARTERS: Final = 40
VEGA_LITE: Final = (
    "https://vega.github.io/schema/vega-lite/v5.json"  # names the grammar; not fetched
)
HOLLOW: Final = {"condition": {"test": "datum.is_complete", "value": INK}, "value": "transparent"}
# colours of text and rules are those of the page, so dark mode works
CONFIG: Final[dict[str, Any]] = {
    "view": {"stroke": None},
    "axis": {
        "labelColor": "currentColor",
        "titleColor": "currentColor",
        "domainColor": "currentColor",
        "tickColor": "currentColor",
        "gridColor": "currentColor",
        "gridOpacity": 0.12,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
    },
}


def share_chart(series: pl.DataFrame) -> str:
    """Draw a share by quarter with its interval; the unfinished quarter is hollow."""
    share: dict[str, Any] = {
        "field": "paper_share",
        "type": "quantitative",
        "title": "share of papers, by quarter",
        "axis": {"format": "~%"},
    }
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "rule", "color": INK, "opacity": 0.55},
            "encoding": {
                "y": share | {"field": "paper_share_low"},
                "y2": {"field": "paper_share_high"},
            },
        },
        {
            "transform": [{"filter": "datum.is_complete"}],
            "mark": {"type": "line", "color": INK},
            "encoding": {"y": share},
        },
        {
            "mark": {"type": "point", "color": INK, "size": 45, "opacity": 1},
            "encoding": {"y": share, "fill": HOLLOW},
        },
    ]
    return _draw(series, {"layer": layers}, "Share of papers that mention the name, by quarter")


def volume_chart(volume: pl.DataFrame) -> str:
    """Draw papers by quarter; the unfinished quarter is hollow."""
    y = {
        "field": "paper_count",
        "type": "quantitative",
        "title": "papers, by quarter",
        "axis": {"format": "~s"},
    }
    bars: dict[str, Any] = {
        "mark": {"type": "bar", "stroke": INK, "strokeWidth": 1},
        "encoding": {"y": y, "fill": HOLLOW},
    }
    return _draw(volume, {"layer": [bars]}, "Papers by quarter of publication")


def _draw(frame: pl.DataFrame, spec: dict[str, Any], label: str) -> str:
    rows = (
        frame.tail(SHOWN_QUARTERS)
        .with_columns(
            quarter=pl.format("{}-Q{}", pl.col("period").dt.year(), pl.col("period").dt.quarter()),
            is_complete=pl.col("is_complete").fill_null(value=False),
        )
        .drop("period")
        .to_dicts()
    )
    drawn: list[str] = []
    for name, width in WIDTHS.items():
        step = max(1, len(rows) * 70 // width)
        axis = {"values": [row["quarter"] for row in rows[::step]], "labelAngle": 0}
        x = {"field": "quarter", "type": "ordinal", "title": None, "axis": axis}
        whole: dict[str, Any] = {
            "$schema": VEGA_LITE,
            "data": {"values": rows},
            "width": width,
            "height": 220,
            "background": "transparent",
            "encoding": {"x": x},
            "config": CONFIG,
            **spec,
        }
        svg = vlc.vegalite_to_svg(whole)
        drawn.append(f'<div class="{name}" role="img" aria-label="{label}">{svg}</div>')
    return (
        f"<figure>{''.join(drawn)}<figcaption>{label}; at most the last {SHOWN_QUARTERS}."
        " Hollow: the corpus does not reach the end of the quarter.</figcaption></figure>"
    )
