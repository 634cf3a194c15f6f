"""When the share of one name changed, whether it rises now, and where it is named."""

import duckdb
import polars as pl

from queries.scope import WHOLE, Scope, Values, naming_in, papers_in
from queries.shares import share
from queries.statements import Statement


def changes(con: duckdb.DuckDBPyConnection, entity_id: str) -> pl.DataFrame:
    """Return the likeliest change of share by month and by year, where there was enough to test."""
    return con.sql(
        """
        select
            period, period_start, before_share, after_share,
            before_paper_count, after_paper_count, q_value, tested_count, is_change
        from marts.entity_change_points
        where entity_id = $1
        order by period
        """,
        params=[entity_id],
    ).pl()


def tested(con: duckdb.DuckDBPyConnection, entity_id: str) -> pl.DataFrame:
    """Return what the tests of trends say of the name, one row a window, the longest first."""
    return con.sql(
        """
        select
            window_name, trend, before_share, current_share, share_change,
            share_change_low, share_change_high, q_value, current_start_on, current_end_on,
            before_paper_count, current_paper_count
        from marts.entity_trends
        where entity_id = $1
        order by
            case window_name
                when 'twelve_months' then 1 when 'calendar_year' then 2 else 3
            end
        """,
        params=[entity_id],
    ).pl()


def sources(con: duckdb.DuckDBPyConnection, entity_id: str, scope: Scope = WHOLE) -> pl.DataFrame:
    """Return the sources whose papers mention the name, with its share of the papers of each."""
    if scope.is_whole:
        return Statement(
            """
            select source_name, paper_count, paper_share
            from marts.entity_source_counts
            where entity_id = $entity_id and paper_count > 0
            order by paper_count desc, source_name
            """,
            {"entity_id": entity_id},
        ).run(con)
    return _places("source_name", entity_id, scope, 100).run(con)


def venues(
    con: duckdb.DuckDBPyConnection, entity_id: str, scope: Scope = WHOLE, limit: int = 8
) -> pl.DataFrame:
    """Return the venues whose papers mention the name, with its share of the papers of each."""
    return _places("venue", entity_id, scope, limit).run(con)


def _places(column: str, entity_id: str, scope: Scope, limit: int) -> Statement:
    """State the values of a column of papers that mention the name, those of most papers first."""
    values: Values = {"entity_id": entity_id, "limit": limit}
    own = naming_in(scope, values, " and mentions.entity_id = $entity_id")
    return Statement(
        f"""
        with

        papers as ({papers_in(scope, values)}),

        counted as (
            select
                {column},
                count(*) as paper_count,
                count(*) filter (where has_abstract) as share_paper_count
            from papers
            where
                {column} is not null
                and paper_id in (select paper_id from ({own}))
            group by {column}
            order by paper_count desc, {column}
            limit $limit
        ),

        totals as (
            select
                {column},
                count(*) filter (where has_abstract) as eligible_paper_count
            from papers
            where {column} in (select {column} from counted)
            group by {column}
        )

        select
            counted.{column},
            counted.paper_count,
            {share("counted.share_paper_count", "totals.eligible_paper_count")}
        from counted
        inner join totals on counted.{column} = totals.{column}
        order by counted.paper_count desc, counted.{column}
        """,
        values,
    )
