"""Under any filter, every number is as long as the list behind it."""

from datetime import date

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.links import link
from dashboard.measures import View, measured
from queries import (
    corpus,
    discovered,
    evidence,
    names,
    papers,
    ranking,
    search,
    series,
    together,
)
from queries.scope import WHOLE, Scope, from_params
from queries.shares import GRAINS
from queries.statements import Statement

SCOPES = st.builds(
    Scope,
    source=st.sampled_from([(), (), ("papers",), ("nowhere",)]),
    since=st.sampled_from([None, None, date(2020, 1, 1), date(2023, 6, 1)]),
    until=st.sampled_from([None, None, date(2022, 12, 31), date(2024, 6, 30)]),
    section=st.sampled_from([None, "title", "abstract"]),
    origin=st.sampled_from([None, "vocabulary", "discovered"]),
    method=st.sampled_from([(), (), ("alias",), ("alias", "definition")]),
    least=st.sampled_from([1, 2, 5]),
)
PROPERTY = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(scope=SCOPES)
def test_the_address_holds_the_whole_scope(scope):
    assert from_params(scope.as_params()) == scope


@pytest.mark.parametrize(
    "params",
    [
        {"since": ["yesterday"], "least": ["-4"], "section": ["body"], "origin": ["<b>"]},
        {"since": [""], "least": ["9" * 30], "method": [""], "source": []},
        {"least": ["\N{SUPERSCRIPT TWO}"]},
    ],
)
def test_what_makes_no_sense_in_an_address_is_left_out(params):
    found = from_params(params)
    assert (found.since, found.section, found.origin, found.method) == (None, None, None, ())
    assert 1 <= found.least <= 1_000_000


@PROPERTY
@given(scope=SCOPES, kind=st.sampled_from(ranking.ENTITY_TYPES))
def test_every_count_equals_its_list(con, scope, kind):
    for row in ranking.top(con, kind, scope, 3).iter_rows(named=True):
        wanted = evidence.Wanted((row["entity_id"],))
        listed = evidence.mentions(con, scope, wanted, 100_000)
        assert len(listed) == row["mention_count"]
        assert listed["paper_id"].n_unique() == row["paper_count"] >= scope.least
        found = names.name(con, row["entity_id"], scope)
        assert found is not None
        assert (found.mention_count, found.paper_count) == (len(listed), row["paper_count"])
        eligible = evidence.Wanted((row["entity_id"],), is_eligible=True)
        assert evidence.found(con, scope, eligible).paper_count == found.share_paper_count
        spellings = names.spellings(con, row["entity_id"], scope)
        assert spellings["mention_count"].sum() == len(listed)
        of_name = papers.Wanted(entity_id=row["entity_id"])
        assert papers.found(con, scope, of_name, 1).count == found.paper_count
        hit = search.containing(con, found.entity_name, 50, scope)
        assert hit.filter(entity_id=row["entity_id"])["paper_count"][0] == found.paper_count


@PROPERTY
@given(
    scope=SCOPES,
    grain=st.sampled_from(GRAINS),
    measure=st.sampled_from(["share", "papers", "cumulative"]),
    pool=st.sampled_from([1, 3]),
    variants=st.booleans(),
    adoption=st.booleans(),
    seed=st.integers(0, 10**6),
)
def test_every_point_equals_its_list(con, scope, grain, measure, pool, variants, adoption, seed):
    chosen = ("model:gpt", "model:transformer", "dataset:imagenet")
    lines = series.Lines(chosen, grain, variants, adoption)
    view = View(measure, grain, pool)
    frame = measured(series.lines_of(con, scope, lines), view, date(2026, 1, 1))
    shown = frame.filter(pl.col("papers") > 0)
    if shown.is_empty():
        return
    row = shown.row(seed % len(shown), named=True)
    wanted = evidence.Wanted(
        (row["entity_id"],),
        with_variants=variants,
        is_adoption=adoption,
        is_eligible=measure == "share",
        grain=grain,
        at=row["at"],
        span=view.span,
    )
    assert evidence.found(con, scope, wanted).paper_count == row["papers"]
    listed = evidence.mentions(con, scope, wanted, 100_000)
    assert listed["paper_id"].n_unique() == row["papers"]
    if measure == "share":
        assert row["low"] <= row["value"] <= row["high"]
        assert row["value"] == pytest.approx(row["papers"] / row["of"])


@PROPERTY
@given(scope=SCOPES, kinds=st.sampled_from([("model", "dataset"), ("method", "metric")]))
def test_every_pair_equals_its_list(con, scope, kinds):
    pairs = together.met(con, scope, *kinds, 6, 1)
    for row in pairs.head(3).iter_rows(named=True):
        wanted = evidence.Wanted(
            (row["entity_id"],), is_eligible=True, beside=row["other_entity_id"]
        )
        assert evidence.found(con, scope, wanted).paper_count == row["pair_paper_count"]
        assert -1 <= row["npmi"] <= 1
    for row in pairs.head(1).iter_rows(named=True):
        beside = together.beside(con, row["entity_id"], scope, 1, 1000)
        same = beside.filter(entity_id=row["other_entity_id"]).row(0, named=True)
        assert same["pair_paper_count"] == row["pair_paper_count"]
        assert same["npmi"] == pytest.approx(row["npmi"])


@PROPERTY
@given(scope=SCOPES)
def test_lists_are_as_long_as_their_totals(con, scope):
    summary = corpus.summary(con, scope)
    assert corpus.sources(con, scope)["paper_count"].sum() == summary.paper_count
    wide = Scope(scope.source, scope.since, scope.until)
    assert (
        papers.found(con, wide, papers.Wanted(), 1).count == corpus.summary(con, wide).paper_count
    )
    for grain in GRAINS:
        placed = corpus.volume(con, grain, scope)["paper_count"].sum()
        assert placed + corpus.undated_paper_count(con, grain, scope) == summary.paper_count
    assert len(discovered.queue(con, scope, limit=100_000)) == discovered.count(con, scope)
    queued = discovered.queue(con, scope, "method", 5)
    for row in queued.iter_rows(named=True):
        found = names.name(con, row["entity_id"], scope)
        assert found is not None
        assert found.paper_count == row["paper_count"] >= scope.least


@PROPERTY
@given(scope=SCOPES)
def test_what_is_counted_anew_equals_what_is_stored(con, scope):
    # A filter that leaves everything in takes the other way through the queries.
    everything = Scope(section=None, since=date(1900, 1, 1))
    dated = con.sql("select count(*) from marts.dim_papers where published_on is null").fetchall()
    if dated[0][0] == 0:
        for kind in ranking.ENTITY_TYPES:
            assert ranking.top(con, kind, everything).equals(ranking.top(con, kind, WHOLE))


def test_a_statement_written_out_gives_the_same_rows(con):
    scope = Scope(("papers", "o'brien"), date(2020, 1, 1), None, "abstract", None, ("alias",), 2)
    for statement in (
        ranking.most_named("model", scope, 5),
        series.compared(scope, series.Lines(("model:gpt",), "quarter", with_variants=True)),
        papers.listed(scope, papers.Wanted("it's model", entity_id="model:gpt-4")),
        together.pairs(scope, "model", "dataset", 5, 1),
        discovered.listed(scope, "method"),
        corpus.periods(scope, "month"),
    ):
        assert "$" not in statement.written_out()
        assert con.sql(statement.written_out()).pl().equals(statement.run(con))


@given(value=st.text() | st.integers() | st.dates() | st.booleans() | st.lists(st.text()))
@settings(max_examples=60, deadline=None)
def test_values_are_written_as_they_are(value):
    with duckdb.connect() as memory:
        if isinstance(value, str) and "\0" in value:
            return
        if isinstance(value, list) and any("\0" in item for item in value):
            return
        if isinstance(value, int) and abs(value) > 2**62:
            return
        written = Statement("select $value as v", {"value": value}).written_out()
        assert memory.sql(written).fetchall()[0][0] == value


def test_links_keep_the_filters_and_hold_one_parameter_each():
    assert link("names", Scope(section="title"), name="model:a&b=c#d") == (
        "names?section=title&name=model:a%26b%3Dc%23d"
    )
