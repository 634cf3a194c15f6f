"""Names over time as lines, told apart by colour, dash and shape; intervals as bands."""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import polars as pl

from dashboard import phrases
from dashboard.charts.hatch import hatched
from dashboard.charts.palette import DASHES, SHAPES
from dashboard.charts.periods import axis, value_axis
from dashboard.measures import View, supported

PICK: Final = "pick"

_FEW_PERIODS: Final = 12
_PADDING: Final = {"top": 38, "left": 5, "right": 8, "bottom": 5}


def lines_chart(
    frame: pl.DataFrame, view: View, *, has_bands: bool, chosen: tuple[str, str] | None = None
) -> alt.LayerChart | alt.FacetChart:
    """Return the measured frame as lines; a click picks `entity_id` and `at`.

    A period in which the corpus ends is hatched, the stretch to it dotted and its point hollow.
    The chosen point has a ring.
    """
    points = _points(supported(frame, view))
    order: list[str] = points["name"].unique(maintain_order=True).to_list()
    base = alt.Chart(points)
    first = points["label"].min()
    labels = frame.filter(pl.col("label") >= first)["label"].unique().sort().to_list()
    x = _age_axis(view) if view.is_aligned else axis(view.grain, labels)
    scale = _scale(points, view)
    y = alt.Y("value:Q", axis=_value_axis(view), scale=scale)
    colour = alt.Color("name:N", sort=order, scale=alt.Scale(domain=order), legend=_legend(order))
    shape = alt.Shape("name:N", sort=order, legend=_legend(order), scale=_range(order, SHAPES))
    dash = alt.StrokeDash("name:N", sort=order, legend=_legend(order), scale=_range(order, DASHES))
    detail = ["entity_id:N", "at:O"]
    layers: list[alt.Chart] = [] if view.is_aligned else _unfinished(points, x)
    if has_bands and view.measure == "share":
        low = "low:Q" if not view.is_log else "low_log:Q"
        layers.append(
            base.mark_area(opacity=0.16, clip=True).encode(
                x=x, y=alt.Y(low, axis=_value_axis(view), scale=scale), y2="high:Q",
                color=colour,
            )
        )  # fmt: skip
    layers += [
        base.transform_filter("!datum.is_unfinished")
        .mark_line(strokeWidth=2)
        .encode(x=x, y=y, color=colour, strokeDash=dash),
        base.transform_filter("datum.is_last")
        .mark_line(strokeWidth=1.5, strokeDash=[1, 4], strokeCap="round")
        .encode(x=x, y=y, color=colour),
    ]
    size = 70 if points.height <= 120 else 26
    encoded: dict[str, Any] = {"x": x, "y": y, "tooltip": _tooltip(view), "detail": detail}
    layers += [
        base.mark_point(size=size, strokeWidth=1.6)
        .encode(
            **encoded,
            color=colour,
            shape=shape,
            fill=_fill(order),
        )
        .add_params(
            alt.selection_point(
                name=PICK, fields=["entity_id", "at"], on="click", nearest=False, empty=False
            )
        )
    ]
    if chosen:
        ring = pl.DataFrame(
            points.filter((pl.col("entity_id") == chosen[0]) & (pl.col("at") == chosen[1]))
        )
        layers.append(
            alt.Chart(ring).mark_point(size=300, strokeWidth=2, shape="circle", color="#888")
            .encode(x=x, y=y)
        )  # fmt: skip
    return alt.layer(*layers).properties(height=300 if len(order) == 1 else 400, padding=_PADDING)


def lines_words(frame: pl.DataFrame, view: View) -> str:
    """Return the chart in words: start, end and peak of every line, and how sure each is."""
    if frame.is_empty():
        return "An empty chart: no period has a value."
    intervals = " 95 % Wilson intervals in brackets." if view.measure == "share" else ""
    sentences = [f"Line chart: {view.unit}{_scale_words(view)}."]
    for (name,), line in frame.group_by("entity_name", maintain_order=True):
        known = line.filter(pl.col("value").is_not_null())
        if known.is_empty():
            sentences.append(f"{name}: no {view.grain} has a paper with an abstract.")
            continue
        first, last = known.row(0, named=True), known.row(-1, named=True)
        peak = known.row(int(known["value"].arg_max() or 0), named=True)
        unfinished = ", which is unfinished" if last["is_unfinished"] else ""
        sentences.append(
            f"{name}: {_value_words(first, view)}, at most {_value_words(peak, view)}, "
            f"last {_value_words(last, view)}{unfinished}."
        )
    return " ".join(sentences) + intervals


def _value_words(row: dict[str, object], view: View) -> str:
    where = f"in {row['label']}"
    if view.measure != "share":
        return f"{phrases.counted(int(str(row['papers'])), 'paper')} {where}"
    low, high = row["low"], row["high"]
    return (
        f"{phrases.percent(row['value'])} "  # pyright: ignore[reportArgumentType]
        f"({phrases.interval(low, high)}) {where}"  # pyright: ignore[reportArgumentType]
    )


def _scale_words(view: View) -> str:
    return (", on a log scale" if view.is_log else "") + (
        f", aligned at the first {view.grain} that names each" if view.is_aligned else ""
    )


def _points(frame: pl.DataFrame) -> pl.DataFrame:
    place = pl.col("period").rank("ordinal", descending=True).over("entity_id")
    has_unfinished = pl.col("is_unfinished").any().over("entity_id")
    return frame.filter(pl.col("value").is_not_null()).select(
        "entity_id",
        "at",
        "label",
        "age",
        "value",
        "low",
        "high",
        "papers",
        "of",
        "is_unfinished",
        name=pl.col("entity_name"),
        low_log=pl.max_horizontal("low", pl.col("value") / 20),
        is_last=has_unfinished & (place <= 2),
    )


def _unfinished(points: pl.DataFrame, x: alt.X) -> list[alt.Chart]:
    """Return stripes over the unfinished period, with the word above them."""
    periods = points["label"].n_unique()
    place = points.filter("is_unfinished").select("label").unique()
    if place.is_empty():
        return []
    base = alt.Chart(place).encode(x=x)
    width = f"max(10, min(90, 0.9 * width / {periods}))"
    word = "unfinished" if periods <= _FEW_PERIODS else ""
    return [
        base.mark_rule(**hatched(width, color="#808080", opacity=0.22, tooltip=None)),
        base.mark_text(
            text=word or "unfinished \N{RIGHTWARDS ARROW}",
            y=-8,
            align="center" if word else "right",
            fontSize=11,
            color="#808080",
        ),
    ]


def _scale(points: pl.DataFrame, view: View) -> alt.Scale:
    """Return a scale for the values and their intervals; what only zeros might be is cut off."""
    if view.is_log:
        return alt.Scale(type="log", nice=True)
    most = points.filter(pl.col("papers") > 0).select(pl.max_horizontal("value", "high").max())
    return alt.Scale(zero=True, nice=True, domainMax=most.item() or 1)


def _value_axis(view: View) -> alt.Axis:
    return value_axis(view.unit, "~%" if view.measure == "share" else ",~d", title_gap=24)


def _age_axis(view: View) -> alt.X:
    return alt.X(
        "age:Q",
        title=f"{view.grain}s since the first that names it",
        axis=alt.Axis(tickMinStep=1, format="d", grid=False),
    )


def _range(order: Sequence[str], values: Sequence[object]) -> alt.Scale:
    return alt.Scale(domain=list(order), range=list(values[: len(order)]))  # pyright: ignore[reportArgumentType]


def _legend(order: Sequence[str]) -> alt.Legend | None:
    if len(order) == 1:
        return None
    return alt.Legend(
        orient="bottom",
        columns=alt.ExprRef("width > 640 ? 4 : 2"),
        title=None,
        labelLimit=160,
        symbolSize=90,
        symbolStrokeWidth=2,
        symbolOpacity=1,
    )


def _fill(order: list[str]) -> alt.Fill:
    """Return the line's colour, and none where the period is unfinished."""
    return alt.Fill(
        "name:N",
        sort=order,
        scale=alt.Scale(domain=order),
        legend=None,
        condition={"test": "datum.is_unfinished", "value": "transparent"},  # pyright: ignore[reportArgumentType]
    )


def _tooltip(view: View) -> list[alt.Tooltip]:
    common = [alt.Tooltip("name:N", title="name"), alt.Tooltip("label:O", title=view.grain)]
    if view.measure != "share":
        return [*common, alt.Tooltip("papers:Q", title="papers that name it", format=",")]
    return [
        *common,
        alt.Tooltip("value:Q", title="share", format=".2%"),
        alt.Tooltip("low:Q", title="95 % interval from", format=".2%"),
        alt.Tooltip("high:Q", title="to", format=".2%"),
        alt.Tooltip("papers:Q", title="papers that name it", format=","),
        alt.Tooltip("of:Q", title="papers with an abstract", format=","),
    ]
