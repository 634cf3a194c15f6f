"""The share of papers that mention a name, period by period."""

from dataclasses import dataclass
from typing import Final

import duckdb
import polars as pl

from dashboard.queries.corpus import Grain
from dashboard.queries.records import one

_Z_SQUARED: Final = 3.8414588
_PERIODS: Final[dict[Grain, str]] = {"year": "published_year", "month": "published_month"}


@dataclass(frozen=True)
class Undated:
    """What a series leaves out: papers whose date does not reach down to its grain."""

    paper_count: int
    mention_count: int


def shares(con: duckdb.DuckDBPyConnection, entity_id: str, grain: Grain) -> pl.DataFrame:
    """Return one row a period of the corpus, from its first to its last.

    Periods in which no paper mentions the name count as zero with an interval; periods without
    an eligible paper have no share.
    """
    column = _PERIODS[grain]
    return con.sql(
        f"""
        with

        corpus as (
            select {column} as period, eligible_paper_count
            from marts.corpus_{grain}_counts
            where {column} is not null
        ),

        counted as (
            select * from marts.entity_{grain}_counts
            where entity_id = $1 and {column} is not null
        ),

        periods as (
            select
                unnest(generate_series(min(period), max(period), interval 1 {grain}))::date
                    as period
            from corpus
        ),

        filled as (
            select
                periods.period,
                coalesce(corpus.eligible_paper_count, 0) as eligible_paper_count,
                coalesce(counted.share_paper_count, 0) as share_paper_count,
                coalesce(counted.paper_count, 0) as paper_count,
                coalesce(counted.mention_count, 0) as mention_count,
                counted.paper_share,
                counted.paper_share_low,
                counted.paper_share_high
            from periods
            left join corpus on periods.period = corpus.period
            left join counted on periods.period = counted.{column}
        )

        select
            period,
            eligible_paper_count,
            share_paper_count,
            paper_count,
            mention_count,
            case when eligible_paper_count > 0 then coalesce(paper_share, 0) end as paper_share,
            case when eligible_paper_count > 0 then coalesce(paper_share_low, 0) end
                as paper_share_low,
            case
                when eligible_paper_count > 0
                    then coalesce(
                        paper_share_high,
                        {_Z_SQUARED} / (eligible_paper_count + {_Z_SQUARED})
                    )
            end as paper_share_high
        from filled
        order by period
        """,
        params=[entity_id],
    ).pl()


def undated(con: duckdb.DuckDBPyConnection, entity_id: str, grain: Grain) -> Undated:
    """Return the papers and mentions that the series cannot place."""
    found = one(
        con,
        f"""
        select paper_count, mention_count
        from marts.entity_{grain}_counts
        where entity_id = $1 and {_PERIODS[grain]} is null
        """,
        Undated,
        [entity_id],
    )
    return found or Undated(0, 0)
