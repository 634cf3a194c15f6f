"""Every number that a page shows equals the rows behind it, for every name."""

from datetime import date

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from queries import (
    ambiguous,
    corpus,
    evidence,
    families,
    gates,
    loads,
    names,
    ranking,
    search,
    series,
)
from queries.evidence import Wanted
from queries.scope import WHOLE

GRAINS = ("year", "quarter", "month")


def _named(con: duckdb.DuckDBPyConnection, limit: int = 60) -> list[str]:
    """Names of all kinds: the most mentioned, and others as their identifiers fall."""
    rows = con.sql(
        "(select entity_id from marts.entity_counts order by paper_count desc limit $1) union "
        "(select entity_id from marts.entity_counts order by md5(entity_id) limit $1)",
        params=[limit],
    ).fetchall()
    return sorted(row[0] for row in rows)


def _listed(con, wanted: Wanted, scope=WHOLE) -> pl.DataFrame:
    return evidence.mentions(con, scope, wanted, limit=100_000)


def test_every_count_is_as_long_as_its_list(con):
    direct = {
        row[0]: row[1:]
        for row in con.sql(
            "select entity_id, count(*), count(distinct paper_id) "
            "from marts.fct_mentions group by entity_id"
        ).fetchall()
    }
    never = con.sql(
        "select entity_id from marts.dim_entities "
        "where entity_id not in (select entity_id from marts.entity_counts) limit 5"
    ).fetchall()
    for entity_id in [*_named(con), *(row[0] for row in never)]:
        found = names.name(con, entity_id)
        assert found is not None
        assert (found.mention_count, found.paper_count) == direct.get(entity_id, (0, 0)), entity_id
        count = evidence.found(con, WHOLE, Wanted((entity_id,)))
        assert (count.mention_count, count.paper_count) == direct.get(entity_id, (0, 0))
        listed = _listed(con, Wanted((entity_id,)))
        assert len(listed) == found.mention_count
        assert listed["paper_id"].n_unique() == found.paper_count


def test_spellings_years_and_periods_add_up_to_the_count(con):
    for entity_id in _named(con, 10):
        found = names.name(con, entity_id)
        assert found is not None
        assert names.spellings(con, entity_id)["mention_count"].sum() == found.mention_count
        assert evidence.years(con, entity_id)["mention_count"].sum() == found.mention_count
        for grain in GRAINS:
            lines = series.Lines((entity_id,), grain)
            placed = series.lines_of(con, WHOLE, lines)["mention_count"].sum()
            apart = series.undated(con, entity_id, grain).mention_count
            assert placed + apart == found.mention_count


def test_the_series_equals_the_mart(con):
    for grain in ("year", "month"):
        for entity_id in _named(con, 5):
            stored = con.sql(
                f"select published_{grain} as period, paper_count, mention_count, paper_share, "
                f"paper_share_low, paper_share_high from marts.entity_{grain}_counts "
                f"where entity_id = $1 and published_{grain} is not null order by 1",
                params=[entity_id],
            ).pl()
            lines = series.lines_of(con, WHOLE, series.Lines((entity_id,), grain))
            named = lines.filter(pl.col("paper_count") > 0).select(stored.columns)
            assert_frame_equal(named, stored, check_dtypes=False)


def test_filters_split_the_list_without_loss(con):
    for entity_id in ranking.top(con, "model", limit=3)["entity_id"].to_list():
        for row in evidence.years(con, entity_id).iter_rows(named=True):
            at = row["year"] if row["year"] == evidence.UNDATED else f"{row['year']}-01-01"
            assert len(_listed(con, Wanted((entity_id,), at=at))) == row["mention_count"]
        for row in names.spellings(con, entity_id).iter_rows(named=True):
            listed = _listed(con, Wanted((entity_id,), spelling=row["spelling"]))
            assert len(listed) == row["mention_count"]
            assert set(listed["surface"]) == {row["spelling"]}


def test_pages_of_evidence_join_to_the_whole_list(con):
    entity_id = ranking.top(con, "dataset", limit=1)["entity_id"][0]
    whole = _listed(con, Wanted((entity_id,)))
    pages = [
        evidence.mentions(con, WHOLE, Wanted((entity_id,)), limit=7, offset=offset)
        for offset in range(0, len(whole), 7)
    ]
    assert pl.concat(pages)["mention_id"].to_list() == whole["mention_id"].to_list()
    dated = [day for day in whole["published_on"].to_list() if day is not None]
    assert dated == sorted(dated, reverse=True)


def test_every_mention_is_marked_at_its_offsets(con):
    for entity_id in _named(con, 30):
        for row in _listed(con, Wanted((entity_id,))).iter_rows(named=True):
            assert row["sentence"][row["mark_start"] : row["mark_end"]] == row["surface"]
            for start, end in row["abstract_marks"]:
                assert row["abstract"][start:end]
    for row in ambiguous.surfaces(con, 100_000).iter_rows(named=True):
        assert row["sentence"][row["mark_start"] : row["mark_end"]] == row["surface"]


def test_volume_and_undated_papers_add_up_to_the_corpus(con):
    summary = corpus.summary(con)
    for grain in GRAINS:
        placed = corpus.volume(con, grain)["paper_count"].sum()
        assert placed + corpus.undated_paper_count(con, grain) == summary.paper_count
    assert corpus.sources(con)["paper_count"].sum() == summary.paper_count
    assert (
        summary.mention_count == con.sql("select count(*) from marts.fct_mentions").fetchall()[0][0]
    )


@pytest.mark.parametrize("words", ["gpt4", "GPT 4", "gpt-4", " Gpt\N{EN DASH}4 "])
def test_any_spelling_finds_the_name(con, words):
    assert search.containing(con, words)["entity_id"].to_list()[0] == "model:gpt-4"


@pytest.mark.parametrize("words", ["", "-", " ", "_", "'; drop table x; --", "zzzqqq"])
def test_words_that_match_nothing_find_nothing(con, words):
    assert search.containing(con, words).is_empty()


@pytest.mark.parametrize("words", ["%", "\\", ".", "(", "$"])
def test_signs_stand_for_themselves(con, words):
    for spelling in search.containing(con, words)["matched_spelling"]:
        assert words in spelling


def test_search_is_limited_and_counts_like_the_page(con):
    found = search.containing(con, "a", 7)
    assert len(found) == 7
    for row in found.iter_rows(named=True):
        name = names.name(con, row["entity_id"])
        assert name is not None
        assert name.paper_count == row["paper_count"]


def test_a_typing_error_finds_what_is_close(con):
    assert "model:gpt-4" in search.close_to(con, "gtp-4")["entity_id"].to_list()


def test_family_links_lead_up_and_down(con):
    parents = con.sql(
        "select distinct parent_id from marts.dim_entities where parent_id is not null"
    ).fetchall()
    assert parents
    for (entity_id,) in parents[:60]:
        for child in families.children(con, entity_id)["entity_id"].to_list():
            assert families.ancestors(con, child)["entity_id"].to_list()[-1] == entity_id


def test_first_paper_is_the_first_mention(con):
    for entity_id in _named(con)[:200]:
        found = names.first_paper(con, entity_id)
        expected = con.sql(
            "select first_mentioned_on from marts.entity_counts where entity_id = $1",
            params=[entity_id],
        ).fetchall()[0][0]
        assert (found.published_on if found else None) == expected


def test_unknown_names_are_none(con):
    assert names.name(con, "model:does-not-exist") is None
    assert names.paper(con, "no:paper") is None


def test_gate_and_loads_equal_their_tables(con):
    gate = gates.latest(con)
    results = gates.results(con).filter(pl.col("run_id") == gate.run_id)
    assert len(results) == gate.check_count
    assert results.filter(~pl.col("is_passed")).height == gate.failed_count
    manifest = loads.loads(con)
    parts = manifest["landed_count"] + manifest["known_count"] + manifest["rejected_count"]
    assert (parts == manifest["read_count"]).all()
    assert ambiguous.total(con) == ambiguous.surfaces(con, 100_000)["mention_count"].sum()


def test_corpus_span_is_of_dates(con):
    summary = corpus.summary(con)
    assert isinstance(summary.first_published_on, date)
    assert summary.first_published_on <= (summary.last_published_on or date.min)
