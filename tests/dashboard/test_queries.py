"""Every number that a page shows equals the rows behind it, for every name."""

from datetime import date

import duckdb
import polars as pl
import pytest

from dashboard.queries import (
    ambiguous,
    corpus,
    evidence,
    families,
    gates,
    loads,
    names,
    search,
    series,
)
from dashboard.queries.evidence import EvidenceFilter

GRAINS = ("year", "month")


def _named(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in con.sql("select entity_id from marts.entity_counts").fetchall()]


def _never_named(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.sql(
        "select entity_id from marts.dim_entities "
        "where entity_id not in (select entity_id from marts.entity_counts)"
    ).fetchall()
    return [row[0] for row in rows]


def test_every_count_is_as_long_as_its_list(con):
    direct = {
        row[0]: row[1:]
        for row in con.sql(
            "select entity_id, count(*), count(distinct paper_id) "
            "from marts.fct_mentions group by entity_id"
        ).fetchall()
    }
    for entity_id in [*_named(con), *_never_named(con)[:20]]:
        found = names.name(con, entity_id)
        assert found is not None
        assert (found.mention_count, found.paper_count) == direct.get(entity_id, (0, 0)), entity_id
        listed = evidence.mentions(con, entity_id, limit=100_000)
        assert len(listed) == found.mention_count == evidence.mention_count(con, entity_id)
        assert listed["paper_id"].n_unique() == found.paper_count


def test_spellings_years_and_periods_add_up_to_the_count(con):
    for entity_id in _named(con):
        found = names.name(con, entity_id)
        assert found is not None
        assert names.spellings(con, entity_id)["mention_count"].sum() == found.mention_count
        assert evidence.years(con, entity_id)["mention_count"].sum() == found.mention_count
        for grain in GRAINS:
            placed = series.shares(con, entity_id, grain)["mention_count"].sum()
            apart = series.undated(con, entity_id, grain).mention_count
            assert placed + apart == found.mention_count


def test_filters_split_the_list_without_loss(con):
    top = names.top(con, "model", 5)["entity_id"].to_list()
    assert top
    for entity_id in top:
        years = evidence.years(con, entity_id)
        for row in years.iter_rows(named=True):
            wanted = EvidenceFilter(year=row["year"])
            listed = evidence.mentions(con, entity_id, wanted, limit=100_000)
            assert len(listed) == row["mention_count"]
            assert len(listed) == evidence.mention_count(con, entity_id, wanted)
        for row in names.spellings(con, entity_id).iter_rows(named=True):
            wanted = EvidenceFilter(spelling=row["spelling"])
            listed = evidence.mentions(con, entity_id, wanted, limit=100_000)
            assert len(listed) == row["mention_count"]
            assert set(listed["surface"]) == {row["spelling"]}


def test_pages_of_evidence_join_to_the_whole_list(con):
    entity_id = names.top(con, "model", 1)["entity_id"][0]
    whole = evidence.mentions(con, entity_id, limit=100_000)
    pages = [
        evidence.mentions(con, entity_id, limit=3, offset=offset)
        for offset in range(0, len(whole), 3)
    ]
    assert pl.concat(pages)["mention_id"].to_list() == whole["mention_id"].to_list()
    dated = [day for day in whole["published_on"].to_list() if day is not None]
    assert dated == sorted(dated, reverse=True)


def test_offsets_mark_the_surface_in_every_sentence(con):
    for entity_id in _named(con):
        for row in evidence.mentions(con, entity_id, limit=100_000).iter_rows(named=True):
            assert row["sentence"][row["mark_start"] : row["mark_end"]] == row["surface"]
    for row in ambiguous.surfaces(con, 100_000).iter_rows(named=True):
        assert row["sentence"][row["mark_start"] : row["mark_end"]] == row["surface"]


def test_shares_have_intervals_around_them(con):
    for entity_id in _named(con)[:100]:
        for grain in GRAINS:
            frame = series.shares(con, entity_id, grain)
            known = frame.filter(pl.col("paper_share").is_not_null())
            assert known.select(
                (pl.col("paper_share_low") <= pl.col("paper_share")).all()
                & (pl.col("paper_share") <= pl.col("paper_share_high")).all()
            ).item()
            assert frame["period"].is_sorted()


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
