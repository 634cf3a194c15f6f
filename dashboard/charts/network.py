"""The same pairs as a net: names are points, the links between them as wide as papers are many."""

import math
from typing import Any, Final

import altair as alt
import polars as pl

from dashboard.charts.matrix import PICK
from dashboard.charts.palette import SHAPES, TYPE_COLOURS

_TURNS: Final = 220

MOST_TIES: Final = 60
"""Links that a net may have before nobody can follow them."""


def strongest(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the first links that are more than chance; of chance alone where there are none."""
    beyond = frame.filter(pl.col("npmi") > 0)
    return (frame if beyond.is_empty() else beyond).head(MOST_TIES)


def network_chart(frame: pl.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Return nodes in the places that attraction and distance give them, and links by NPMI."""
    nodes = _nodes(frame)
    places = _places(list(nodes), frame)
    points = pl.DataFrame(
        [
            {"entity_id": key, "name": node["name"], "type": node["type"], "papers": node["papers"],
             "x": places[key][0], "y": places[key][1]}
            for key, node in nodes.items()
        ]
    )  # fmt: skip
    edges = pl.DataFrame(
        [
            {"x": places[row["entity_id"]][0], "y": places[row["entity_id"]][1],
             "x2": places[row["other_entity_id"]][0], "y2": places[row["other_entity_id"]][1],
             "entity_id": row["entity_id"], "other_entity_id": row["other_entity_id"],
             "papers": row["pair_paper_count"], "npmi": row["npmi"],
             "pair": f"{row['entity_name']} and {row['other_entity_name']}"}
            for row in frame.iter_rows(named=True)
        ]
    )  # fmt: skip
    hidden: dict[str, Any] = {"axis": None, "scale": alt.Scale(domain=[-1.15, 1.15])}
    kinds = list(TYPE_COLOURS)
    lines = (
        alt.Chart(edges)
        .mark_rule(color="#8a8a8a")
        .encode(
            x=alt.X("x:Q", **hidden),
            y=alt.Y("y:Q", **hidden),
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("papers:Q", scale=alt.Scale(range=[0.6, 6]), legend=None),
            opacity=alt.Opacity("npmi:Q", scale=alt.Scale(range=[0.15, 0.75]), legend=None),
            tooltip=[
                alt.Tooltip("pair:N", title="pair"),
                alt.Tooltip("papers:Q", title="papers with both", format=","),
                alt.Tooltip("npmi:Q", title="NPMI", format=".2f"),
            ],
        )
    )
    # A thin line is hard to hit: a wide one that cannot be seen lies over it and takes the click.
    targets = (
        alt.Chart(edges)
        .mark_rule(strokeWidth=12, opacity=0.001, cursor="pointer")
        .encode(
            x=alt.X("x:Q", **hidden),
            y=alt.Y("y:Q", **hidden),
            x2="x2:Q",
            y2="y2:Q",
            detail=["entity_id:N", "other_entity_id:N"],
            tooltip=[
                alt.Tooltip("pair:N", title="pair"),
                alt.Tooltip("papers:Q", title="papers with both", format=","),
                alt.Tooltip("npmi:Q", title="NPMI", format=".2f"),
            ],
        )
        .add_params(
            alt.selection_point(
                name=PICK, fields=["entity_id", "other_entity_id"], on="click", empty=False
            )
        )
    )
    base = alt.Chart(points).encode(x=alt.X("x:Q", **hidden), y=alt.Y("y:Q", **hidden))
    dots = base.mark_point(filled=True, opacity=1).encode(
        size=alt.Size("papers:Q", scale=alt.Scale(range=[60, 700]), legend=None),
        shape=alt.Shape(
            "type:N", scale=alt.Scale(domain=kinds, range=list(SHAPES[:4])), title=None
        ),
        color=alt.Color(
            "type:N",
            scale=alt.Scale(domain=kinds, range=list(TYPE_COLOURS.values())),
            legend=alt.Legend(orient="top", title=None),
        ),
        tooltip=[
            alt.Tooltip("name:N", title="name"),
            alt.Tooltip("papers:Q", title="papers", format=","),
        ],
    )
    labels = base.mark_text(dy=-14, fontSize=11, color="#7a7a7a", fontWeight=600).encode(
        text="name:N"
    )
    return alt.layer(lines, targets, dots, labels).properties(height=520)


def _nodes(frame: pl.DataFrame) -> dict[str, dict[str, object]]:
    nodes: dict[str, dict[str, object]] = {}
    for row in frame.iter_rows(named=True):
        for side in ("", "other_"):
            key = str(row[f"{side}entity_id"])
            nodes[key] = {
                "name": row[f"{side}entity_name"],
                "type": key.partition(":")[0],
                "papers": row[f"{side}share_paper_count"],
            }
    return nodes


def _places(keys: list[str], frame: pl.DataFrame) -> dict[str, tuple[float, float]]:
    """Lay out by T. Fruchterman and E. Reingold (1991), from a circle, so always the same."""
    count = len(keys)
    index = {key: place for place, key in enumerate(keys)}
    x = [math.cos(2 * math.pi * place / count) for place in range(count)]
    y = [math.sin(2 * math.pi * place / count) for place in range(count)]
    edges = [
        (index[row["entity_id"]], index[row["other_entity_id"]], max(row["npmi"], 0.05))
        for row in frame.iter_rows(named=True)
    ]
    ideal = 1.6 / math.sqrt(count)
    for turn in range(_TURNS):
        dx, dy = [0.0] * count, [0.0] * count
        for a in range(count):
            for b in range(a):
                _push(x, y, dx, dy, a, b, ideal**2)
        for a, b, weight in edges:
            far_x, far_y = x[a] - x[b], y[a] - y[b]
            pull = math.hypot(far_x, far_y) * weight * 2 / ideal
            dx[a] -= far_x * pull
            dy[a] -= far_y * pull
            dx[b] += far_x * pull
            dy[b] += far_y * pull
        heat = 0.12 * (1 - turn / _TURNS)
        for a in range(count):
            length = math.hypot(dx[a], dy[a]) or 1.0
            x[a] += dx[a] / length * min(length, heat)
            y[a] += dy[a] / length * min(length, heat)
    return {key: (_within(x, place), _within(y, place)) for key, place in index.items()}


def _push(
    x: list[float], y: list[float], dx: list[float], dy: list[float], a: int, b: int, force: float
) -> None:
    far_x, far_y = x[a] - x[b], y[a] - y[b]
    square = max(far_x**2 + far_y**2, 1e-4)
    dx[a] += far_x / square * force
    dy[a] += far_y / square * force
    dx[b] -= far_x / square * force
    dy[b] -= far_y / square * force


def _within(values: list[float], place: int) -> float:
    low, high = min(values), max(values)
    return 0.0 if high == low else 2 * (values[place] - low) / (high - low) - 1
