"""The card of the whole corpus: from read to counted, month by month, and what rises in it.

All of it was counted and tested when the file was built, so no filter applies to it.
"""

from typing import Final, Literal

import duckdb
import polars as pl

from queries.statements import Statement

Window = Literal["twelve_months", "calendar_year", "three_months"]
WINDOWS: Final[tuple[Window, ...]] = ("twelve_months", "calendar_year", "three_months")


NEW: Final = "new"
"""The trend of names that no paper mentioned before the window."""


def window(con: duckdb.DuckDBPyConnection) -> Window | None:
    """Return the longest window in which names were tested; None where there is none."""
    rows = con.sql(
        "select distinct window_name from marts.entity_trends where tested_count > 0"
    ).fetchall()
    tested = {row[0] for row in rows}
    return next((known for known in WINDOWS if known in tested), None)


def trending(trend: str, window_name: Window, entity_type: str | None, limit: int = 8) -> Statement:
    """State the names that rise or fall, the largest change of share first; new ones by papers."""
    return Statement(
        f"""
        select
            trends.entity_id,
            entities.entity_name,
            trends.entity_type,
            entities.origin,
            trends.before_paper_count,
            trends.before_eligible_count,
            trends.before_share,
            trends.current_paper_count,
            trends.current_introducing_paper_count,
            trends.current_eligible_count,
            trends.current_share,
            trends.share_change,
            trends.share_change_low,
            trends.share_change_high,
            trends.q_value,
            trends.tested_count,
            trends.before_start_on,
            trends.current_start_on,
            trends.current_end_on
        from marts.entity_trends as trends
        inner join marts.dim_entities as entities on trends.entity_id = entities.entity_id
        where
            trends.window_name = $window_name
            and trends.trend = $trend
            {"and trends.entity_type = $entity_type" if entity_type else ""}
        order by
            {"trends.current_paper_count" if trend == NEW else "abs(trends.share_change)"} desc,
            trends.entity_id
        limit $limit
        """,
        {"trend": trend, "window_name": window_name, "entity_type": entity_type, "limit": limit},
    )


def moving(
    con: duckdb.DuckDBPyConnection,
    trend: str,
    window_name: Window,
    entity_type: str | None,
    limit: int = 8,
) -> pl.DataFrame:
    """Return the names that rise or fall, or that no paper mentioned before the window."""
    return trending(trend, window_name, entity_type, limit).run(con)


def flow() -> Statement:
    """State what became of the records that were read, over all sources."""
    return Statement(
        """
        select step_number, flow_step, part_of, unit, sum(step_count)::bigint as step_count
        from marts.corpus_flow
        group by all
        order by step_number
        """
    )


def steps(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how many records or papers reached each step of the flow."""
    return dict(flow().run(con).select("flow_step", "step_count").iter_rows())


def by_month() -> Statement:
    """State what each month holds, the newest first, the undated last."""
    return Statement(
        """
        select
            published_month, is_complete, paper_count, eligible_paper_count,
            naming_paper_count, mention_count, introduction_count, source_count
        from marts.corpus_month_counts
        order by published_month desc nulls last
        """
    )


def months(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return what each month holds, the newest first, the undated last."""
    return by_month().run(con)
