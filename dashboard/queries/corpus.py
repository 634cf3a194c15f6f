"""What the corpus is, how fresh it is, and how many papers each period holds."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

import duckdb
import polars as pl

from dashboard.queries.records import one

Grain = Literal["year", "month"]
GRAINS: Final[tuple[Grain, ...]] = ("year", "month")


@dataclass(frozen=True)
class Corpus:
    """The corpus in numbers."""

    paper_count: int
    eligible_paper_count: int
    dated_paper_count: int
    source_count: int
    first_published_on: date | None
    first_published_precision: str | None
    last_published_on: date | None
    last_published_precision: str | None
    named_entity_count: int
    mention_count: int
    naming_paper_count: int


@dataclass(frozen=True)
class Freshness:
    """When the data came in and when the file was built; None where nothing says so."""

    load_count: int
    last_loaded_at: datetime | None
    built_at: datetime | None
    papertally_version: str | None
    vocabulary_key: str | None


def summary(con: duckdb.DuckDBPyConnection) -> Corpus:
    """Return the size and span of the corpus."""
    found = one(
        con,
        """
        select
            count(*) as paper_count,
            count(*) filter (where has_abstract) as eligible_paper_count,
            count(published_on) as dated_paper_count,
            count(distinct source_name) as source_count,
            min(published_on) as first_published_on,
            arg_min(published_precision, published_on) as first_published_precision,
            max(published_on) as last_published_on,
            arg_max(published_precision, published_on) as last_published_precision,
            (select count(*) from marts.entity_counts) as named_entity_count,
            (select count(*) from marts.fct_mentions) as mention_count,
            (select count(distinct paper_id) from marts.fct_mentions) as naming_paper_count
        from marts.dim_papers
        """,
        Corpus,
    )
    assert found is not None  # an aggregate always has a row  # noqa: S101
    return found


def freshness(con: duckdb.DuckDBPyConnection) -> Freshness:
    """Return when the corpus was last read and built."""
    found = one(
        con,
        """
        with

        last_run as (
            select * from quality.runs
            order by finished_at desc
            limit 1
        )

        select
            (select count(*) from quality.loads where not is_refused) as load_count,
            (select max(loaded_at) from quality.loads where not is_refused) as last_loaded_at,
            (select finished_at from last_run) as built_at,
            (select papertally_version from last_run) as papertally_version,
            (select vocabulary_key from last_run) as vocabulary_key
        """,
        Freshness,
    )
    assert found is not None  # scalar subqueries always make a row  # noqa: S101
    return found


def sources(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return one row a source: papers, with abstract, undated, span."""
    return con.sql(
        """
        select
            source_name,
            count(*) as paper_count,
            count(*) filter (where has_abstract) as eligible_paper_count,
            count(*) - count(published_on) as undated_paper_count,
            min(published_on) as first_published_on,
            arg_min(published_precision, published_on) as first_published_precision,
            max(published_on) as last_published_on,
            arg_max(published_precision, published_on) as last_published_precision
        from marts.dim_papers
        group by source_name
        order by paper_count desc, source_name
        """
    ).pl()


def volume(con: duckdb.DuckDBPyConnection, grain: Grain) -> pl.DataFrame:
    """Return papers by period, empty periods included; the undated are left out."""
    return con.sql(
        f"""
        with

        counted as (
            select published_{grain} as period, paper_count, eligible_paper_count
            from marts.corpus_{grain}_counts
            where published_{grain} is not null
        ),

        periods as (
            select
                unnest(generate_series(min(period), max(period), interval 1 {grain}))::date
                    as period
            from counted
        )

        select
            periods.period,
            coalesce(counted.paper_count, 0) as paper_count,
            coalesce(counted.eligible_paper_count, 0) as eligible_paper_count
        from periods
        left join counted on periods.period = counted.period
        order by periods.period
        """
    ).pl()


def undated_paper_count(con: duckdb.DuckDBPyConnection, grain: Grain) -> int:
    """Return how many papers have no date that reaches down to the grain."""
    rows = con.sql(
        f"select paper_count from marts.corpus_{grain}_counts where published_{grain} is null"
    ).fetchall()
    return int(rows[0][0]) if rows else 0
