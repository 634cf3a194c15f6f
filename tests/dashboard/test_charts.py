"""Charts are right as Vega-Lite, which pages do not ask, and show what they are given."""

from datetime import date

import polars as pl
import pytest

from dashboard.charts.drawing import specification
from dashboard.charts.lines import lines_chart
from dashboard.charts.matrix import matrix_chart
from dashboard.charts.network import network_chart
from dashboard.charts.volume import volume_chart
from dashboard.measures import FEW_PAPERS, View, measured, supported
from queries import corpus, net, series, together
from queries.scope import WHOLE

NEWEST = date(2026, 8, 21)


@pytest.mark.parametrize(
    "view",
    [
        View(),
        View("share", "month", pool=3, is_log=True),
        View("papers", "quarter", is_aligned=True),
        View("cumulative"),
    ],
)
def test_lines_are_valid(con, view):
    lines = series.Lines(("model:transformer", "dataset:imagenet"), view.grain)
    frame = measured(series.lines_of(con, WHOLE, lines), view, NEWEST)
    chosen = (frame["entity_id"][0], frame["at"][0])
    chart = lines_chart(frame, view, has_bands=True, chosen=chosen)
    assert chart.to_dict()["layer"]  # raises where it is not valid
    assert specification(chart)["layer"] == chart.to_dict()["layer"]


def test_other_charts_are_valid(con):
    volume = corpus.volume(con, "year")
    assert volume_chart(volume, "year", NEWEST).to_dict()["layer"]
    assert matrix_chart(
        together.met(con, WHOLE, "model", "dataset", 6, 1), "model", "dataset"
    ).to_dict()
    assert network_chart(net.met(con, WHOLE, ("model", "dataset"), 6, 1)).to_dict()


def test_lines_begin_where_a_name_begins_and_leave_out_next_to_no_papers():
    years = [date(year, 1, 1) for year in (1990, 1991, 1992, 1993)]
    eligible, naming = [5, 5, 9_000, 9_000], [0, 1, 0, 90]
    counted = pl.DataFrame(
        {
            "entity_id": "model:a", "entity_name": "A", "entity_type": "model", "period": years,
            "eligible_paper_count": eligible, "share_paper_count": naming, "paper_count": naming,
            "introducing_paper_count": 0, "mention_count": naming,
        }
    )  # fmt: skip
    shown = measured(counted, View(), NEWEST)
    assert shown["label"].to_list() == ["1991", "1992", "1993"]
    assert supported(shown, View())["label"].to_list() == ["1992", "1993"]
    assert supported(shown, View("papers")).height == 3
    few = counted.with_columns(eligible_paper_count=pl.lit(FEW_PAPERS - 1))
    assert supported(measured(few, View(), NEWEST), View()).height == 3
