"""Two sets of names against each other: how often they meet, beyond chance."""

import altair as alt
import polars as pl

PICK = "pick"


def matrix_chart(
    frame: pl.DataFrame, row_type: str, column_type: str
) -> alt.LayerChart | alt.FacetChart:
    """Return a grid: colour is NPMI, the number is papers; a click picks a pair."""
    rows = _order(frame, "entity_name", "share_paper_count")
    columns = _order(frame, "other_entity_name", "other_share_paper_count")
    points = frame.select(
        "entity_id", "other_entity_id", "entity_name", "other_entity_name",
        "pair_paper_count", "lift", "npmi",
    )  # fmt: skip
    base = alt.Chart(points).encode(
        x=alt.X(
            "other_entity_name:N",
            sort=columns,
            title=f"{column_type}s, of most papers first",
            axis=alt.Axis(labelAngle=-50, labelLimit=110, labelOverlap=False, orient="bottom"),
        ),
        y=alt.Y(
            "entity_name:N",
            sort=rows,
            title=f"{row_type}s",
            axis=alt.Axis(labelLimit=110, labelOverlap=False, titleAngle=0, titleAlign="left",
                          titleAnchor="end", titleX=-70, titleY=-8),
        ),
        tooltip=[
            alt.Tooltip("entity_name:N", title="name"),
            alt.Tooltip("other_entity_name:N", title="with"),
            alt.Tooltip("pair_paper_count:Q", title="papers with both", format=","),
            alt.Tooltip("lift:Q", title="lift", format=".1f"),
            alt.Tooltip("npmi:Q", title="NPMI", format=".2f"),
        ],
    )  # fmt: skip
    cells = base.mark_rect(stroke="#8888", strokeWidth=0.5).encode(
        color=alt.Color(
            "npmi:Q",
            title="NPMI: 0 as by chance, 1 never apart",
            scale=alt.Scale(scheme="blueorange", domain=[-1, 1], reverse=True),
            legend=alt.Legend(orient="top", gradientLength=160, titleLimit=320),
        )
    )
    numbers = base.mark_text(fontSize=11).encode(
        text=alt.Text("pair_paper_count:Q", format=","),
        color=alt.condition("abs(datum.npmi) > 0.55", alt.value("white"), alt.value("#1a1a1a")),
    )
    picked = alt.selection_point(
        name=PICK, fields=["entity_id", "other_entity_id"], on="click", empty=False
    )
    return alt.layer(cells.add_params(picked), numbers).properties(
        height=190 + 30 * len(rows), padding={"top": 14, "left": 5, "right": 5, "bottom": 5}
    )


def _order(frame: pl.DataFrame, name: str, by: str) -> list[str]:
    return (
        frame.select(name, by).unique().sort([by, name], descending=[True, False])[name].to_list()
    )
