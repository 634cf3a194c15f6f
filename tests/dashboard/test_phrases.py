"""Numbers and dates as people read them, and charts in words."""

from datetime import date

import polars as pl
import pytest

from dashboard import phrases
from dashboard.charts.lines import lines_chart, lines_words
from dashboard.charts.volume import volume_chart, volume_words
from dashboard.measures import View, measured

PERIODS = pl.DataFrame(
    {
        "period": [date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1)],
        "paper_count": [10, 1200, 5],
        "eligible_paper_count": [10, 1200, 0],
        "share_paper_count": [1, 60, 0],
        "paper_share": [0.1, 0.05, None],
        "paper_share_low": [0.02, 0.04, None],
        "paper_share_high": [0.4, 0.06, None],
    }
)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (None, "\N{EN DASH}"),
        (0.0, "0 %"),
        (0.00001, "<0.01 %"),
        (0.00078, "0.08 %"),
        (0.0135, "1.4 %"),
        (0.159, "15.9 %"),
        (1.0, "100 %"),
    ],
)
def test_shares_are_percentages(share, words):
    assert phrases.percent(share) == words


def test_dates_are_no_finer_than_they_are_known():
    value = date(2024, 8, 1)
    assert phrases.day(value) == "1 Aug 2024"
    assert phrases.day(value, "month") == "Aug 2024"
    assert phrases.day(value, "year") == "2024"
    assert phrases.day(None) == "undated"


def test_nouns_follow_their_number():
    assert phrases.counted(1, "paper") == "1 paper"
    assert phrases.counted(1234, "paper") == "1,234 papers"


def _lines(view: View) -> pl.DataFrame:
    counts = PERIODS.with_columns(
        entity_id=pl.lit("model:gpt-4"), entity_name=pl.lit("GPT-4"), entity_type=pl.lit("model")
    )
    return measured(counts, view, date(2025, 3, 1))


def test_charts_say_their_units_and_the_unfinished_period():
    lines = _lines(View())
    for chart in (
        volume_chart(PERIODS, "year", date(2025, 3, 1)),
        lines_chart(lines, View(), has_bands=True),
    ):
        words = chart.to_json()
        assert "year of publication" in words
        assert "papers" in words
    assert "at most 1,200 papers in 2024" in volume_words(PERIODS, "year")
    alt = lines_words(lines, View())
    assert "GPT-4" in alt
    assert "10.0 %" in alt
    assert "in 2023" in alt
    assert "5.0 %" in alt
    assert "in 2024" in alt
    assert lines["is_unfinished"].to_list() == [False, False, True]


def test_pooled_shares_are_taken_over_all_papers_of_their_periods():
    lines = _lines(View(pool=3))
    assert lines["papers"].to_list() == [1, 61, 61]
    assert lines["of"].to_list() == [10, 1210, 1210]


def test_a_log_scale_drops_zeros_and_alignment_what_came_before():
    assert _lines(View("papers", is_log=True))["papers"].min() > 0
    aligned = _lines(View("cumulative", is_aligned=True))
    assert aligned["age"].to_list() == [0, 1, 2]
    assert aligned["papers"].to_list() == [10, 1210, 1215]
