"""Rising, falling and new names, change points and co-mentions, as the marts tested them."""

import duckdb
import polars as pl


def trends(
    con: duckdb.DuckDBPyConnection,
    trend: str,
    window_name: str = "twelve_months",
    entity_type: str | None = None,
    limit: int = 20,
) -> pl.DataFrame:
    """Return names of one trend, the largest change of share first; new ones by papers."""
    return con.sql(
        """
        select
            trends.entity_id, entities.entity_name, trends.entity_type, trends.trend,
            trends.before_start_on, trends.current_start_on, trends.current_end_on,
            trends.before_paper_count, trends.before_eligible_count, trends.before_share,
            trends.current_paper_count, trends.current_introducing_paper_count,
            trends.current_eligible_count, trends.current_share,
            trends.share_change, trends.share_change_low, trends.share_change_high,
            trends.share_ratio, trends.p_value, trends.q_value, trends.tested_count
        from marts.entity_trends as trends
        inner join marts.dim_entities as entities on trends.entity_id = entities.entity_id
        where
            trends.window_name = $window_name
            and trends.trend = $trend
            and ($entity_type is null or trends.entity_type = $entity_type)
        order by
            case when $trend = 'new' then trends.current_paper_count end desc,
            abs(trends.share_change) desc,
            trends.entity_id
        limit $limit
        """,
        params={
            "trend": trend, "window_name": window_name,
            "entity_type": entity_type, "limit": limit,
        },
    ).pl()  # fmt: skip


def change_points(con: duckdb.DuckDBPyConnection, entity_id: str) -> pl.DataFrame:
    """Return the likeliest change of the name's share by month and by year, alarm or not."""
    return con.sql(
        "select * from marts.entity_change_points where entity_id = $1 order by period",
        params=[entity_id],
    ).pl()


def partners(
    con: duckdb.DuckDBPyConnection,
    entity_id: str,
    other_type: str | None = None,
    min_paper_count: int = 5,
    limit: int = 20,
) -> pl.DataFrame:
    """Return the names that stand beside a name more often than chance, the closest first."""
    return con.sql(
        """
        select
            pairs.other_entity_id, entities.entity_name, pairs.other_entity_type,
            pairs.pair_paper_count, pairs.share_paper_count, pairs.other_share_paper_count,
            pairs.pair_share, pairs.pair_share_low, pairs.pair_share_high,
            pairs.lift, pairs.npmi, pairs.is_same_family
        from marts.entity_pairs as pairs
        inner join marts.dim_entities as entities on pairs.other_entity_id = entities.entity_id
        where
            pairs.entity_id = $entity_id
            and pairs.pair_paper_count >= $min_paper_count
            and ($other_type is null or pairs.other_entity_type = $other_type)
        order by pairs.npmi desc, pairs.pair_paper_count desc, pairs.other_entity_id
        limit $limit
        """,
        params={
            "entity_id": entity_id, "other_type": other_type,
            "min_paper_count": min_paper_count, "limit": limit,
        },
    ).pl()  # fmt: skip


def flow(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return what became of the records that were read, over all sources."""
    return con.sql(
        """
        select step_number, flow_step, part_of, unit, sum(step_count)::bigint as step_count
        from marts.corpus_flow
        group by all
        order by step_number
        """
    ).pl()
