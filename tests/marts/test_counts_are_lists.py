"""Every stored count is as long as the list of mentions behind it, by whatever it is counted."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queries import evidence
from queries.evidence import UNDATED, Wanted
from queries.scope import WHOLE, Scope

PROPERTY = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SEEDS = st.integers(0, 10**6)


@pytest.fixture
def con(published_home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(published_home / "current.duckdb"), read_only=True) as connection:
        yield connection


def _row(con: duckdb.DuckDBPyConnection, table: str, seed: int, where: str = "true") -> dict:
    """Return one row of a mart, chosen by a number."""
    rows = con.sql(
        f"from marts.{table} where {where} order by hash(entity_id, {seed}) limit 1"
    ).pl()
    return rows.row(0, named=True)


def _agree(con: duckdb.DuckDBPyConnection, row: dict, scope: Scope, wanted: Wanted) -> None:
    listed = evidence.mentions(con, scope, wanted, 100_000)
    assert len(listed) == row["mention_count"]
    assert listed["paper_id"].n_unique() == row["paper_count"]
    eligible = evidence.Wanted(**{**wanted.__dict__, "is_eligible": True})
    assert evidence.found(con, scope, eligible).paper_count == row["share_paper_count"]


@PROPERTY
@given(seed=SEEDS)
def test_by_source(con, seed):
    row = _row(con, "entity_source_counts", seed, "paper_count > 0")
    _agree(con, row, Scope(source=(row["source_name"],)), Wanted((row["entity_id"],)))


@PROPERTY
@given(seed=SEEDS, grain=st.sampled_from(["month", "quarter", "year"]))
def test_by_period(con, seed, grain):
    row = _row(con, f"entity_{grain}_counts", seed, "paper_count > 0")
    first = row[f"published_{grain}"]
    at = first.isoformat() if first else UNDATED
    _agree(con, row, WHOLE, Wanted((row["entity_id"],), grain=grain, at=at))


@PROPERTY
@given(seed=SEEDS)
def test_by_family(con, seed):
    row = _row(con, "entity_family_counts", seed, "period = 'year' and paper_count > 0")
    first = row["period_start"]
    at = first.isoformat() if first else UNDATED
    wanted = Wanted((row["entity_id"],), with_variants=True, grain="year", at=at)
    _agree(con, row, WHOLE, wanted)


@PROPERTY
@given(seed=SEEDS)
def test_by_way_of_matching(con, seed):
    row = _row(con, "entity_paper_methods", seed)
    wanted = Wanted((row["entity_id"],), paper_id=row["paper_id"])
    for section, count in (
        (None, row["mention_count"]),
        ("title", row["title_mention_count"]),
        ("abstract", row["mention_count"] - row["title_mention_count"]),
    ):
        scope = Scope(section=section, method=(row["match_method"],))
        assert len(evidence.mentions(con, scope, wanted, 1000)) == count
        assert evidence.found(con, scope, wanted).mention_count == count


def test_by_type_and_period(con):
    wrong = con.sql(
        """
        with counted as (
            select
                entity_type, published_year,
                sum(mention_count)::bigint as mention_count,
                count(distinct paper_id) as paper_count,
                count(distinct paper_id) filter (where has_abstract) as share_paper_count
            from marts.entity_papers
            group by all
        )

        select stored.entity_type, stored.period_start
        from marts.corpus_type_counts as stored
        left join counted
            on
                stored.entity_type = counted.entity_type
                and stored.period_start is not distinct from counted.published_year
        where
            stored.period = 'year'
            and (
                stored.mention_count != coalesce(counted.mention_count, 0)
                or stored.paper_count != coalesce(counted.paper_count, 0)
                or stored.share_paper_count != coalesce(counted.share_paper_count, 0)
            )
        """
    ).fetchall()
    assert wrong == []


def test_ways_of_matching_add_up_to_papers_and_mentions(con):
    (methods, papers, mentions) = con.sql(
        """
        select
            (select sum(mention_count) from marts.entity_paper_methods),
            (select sum(mention_count) from marts.entity_papers),
            (select count(*) from marts.fct_mentions)
        """
    ).fetchall()[0]
    assert methods == papers == mentions > 0
