"""Counts and shares period by period: of one name, or of several side by side."""

from dataclasses import dataclass
from typing import Final

import duckdb
import polars as pl

from queries.eligible import eligible_by_period
from queries.scope import WHOLE, Scope, Values, naming_in
from queries.shares import Grain, share, step
from queries.statements import Statement

OF_MEMBERS: Final = " and mentions.entity_id in (select entity_id from members)"


@dataclass(frozen=True)
class Lines:
    """Which names are counted, and how.

    Attributes:
        entity_ids: the names, in the order in which they are shown.
        grain: the length of a period.
        with_variants: whether a name takes in all that lies below it in its family; a paper that
            names several of them counts once.
        is_adoption: whether papers that introduce the name are left out.
    """

    entity_ids: tuple[str, ...]
    grain: Grain = "year"
    with_variants: bool = False
    is_adoption: bool = False


@dataclass(frozen=True)
class Undated:
    """What a series leaves out: papers whose date does not reach down to its grain."""

    paper_count: int
    mention_count: int


def members(lines: Lines) -> str:
    """Return a table expression `members`: each line with the names that it takes in."""
    below = (
        """
            union
            select members.line_id, below.entity_id
            from members
            inner join marts.dim_entities as below on members.entity_id = below.parent_id"""
        if lines.with_variants
        else ""
    )
    return f"""
        members as (
            select entity_id as line_id, entity_id
            from marts.dim_entities
            where list_contains($entity_ids, entity_id){below}
        )"""


def counted(scope: Scope, lines: Lines, values: Values) -> str:
    """Return table expressions that end in `counted`: one row a line and period."""
    values["entity_ids"] = list(lines.entity_ids)
    own = naming_in(scope, values, OF_MEMBERS)
    papers = (
        f"""
            select
                members.line_id,
                mentions.paper_id,
                any_value(mentions.published_{lines.grain}) as period,
                any_value(mentions.published_on) as published_on,
                any_value(mentions.has_abstract) as has_abstract,
                sum(mentions.mention_count) as mention_count,
                bool_or(mentions.is_introduced) as is_introduced
            from ({own}) as mentions
            inner join members on mentions.entity_id = members.entity_id
            group by members.line_id, mentions.paper_id"""
        if lines.with_variants
        else f"""
            select
                entity_id as line_id,
                published_{lines.grain} as period,
                published_on,
                has_abstract,
                mention_count,
                is_introduced
            from ({own})"""
    )
    return f"""
        {members(lines)},

        naming as ({papers}
        ),

        counted as (
            select
                line_id,
                period,
                sum(mention_count)::bigint as mention_count,
                count(*) as paper_count,
                count(*) filter (where has_abstract) as share_paper_count,
                count(*) filter (where is_introduced) as introducing_paper_count,
                min(published_on) as first_mentioned_on,
                max(published_on) as last_mentioned_on
            from naming
            {"where not is_introduced" if lines.is_adoption else ""}
            group by all
        )"""


def compared(scope: Scope, lines: Lines) -> Statement:
    """State one row a name and period, from the first period of the corpus to its last.

    Periods in which no paper mentions a name count as zero with an interval; periods without
    an eligible paper have no share.
    """
    values: Values = {}
    return Statement(
        f"""
        with recursive
        {counted(scope, lines, values)},

        {eligible_by_period(scope, lines.grain, values)},

        periods as (
            select
                unnest(generate_series(min(period), max(period), {step(lines.grain)}))::date
                    as period
            from eligible
        ),

        filled as (
            select
                entities.entity_id,
                entities.entity_name,
                entities.entity_type,
                periods.period,
                coalesce(eligible.eligible_paper_count, 0) as eligible_paper_count,
                coalesce(counted.share_paper_count, 0) as share_paper_count,
                coalesce(counted.paper_count, 0) as paper_count,
                coalesce(counted.introducing_paper_count, 0) as introducing_paper_count,
                coalesce(counted.mention_count, 0) as mention_count
            from periods
            cross join marts.dim_entities as entities
            left join eligible on periods.period = eligible.period
            left join counted
                on
                    periods.period = counted.period
                    and entities.entity_id = counted.line_id
            where entities.entity_id in (select line_id from members)
        )

        select
            *,
            {share("share_paper_count", "eligible_paper_count")}
        from filled
        order by list_position($entity_ids, entity_id), period
        """,
        values,
    )


def lines_of(con: duckdb.DuckDBPyConnection, scope: Scope, lines: Lines) -> pl.DataFrame:
    """Return one row a name and period."""
    return compared(scope, lines).run(con)


def undated(
    con: duckdb.DuckDBPyConnection, entity_id: str, grain: Grain, scope: Scope = WHOLE
) -> Undated:
    """Return the papers and mentions of one name that the series cannot place."""
    values: Values = {}
    text = counted(scope, Lines((entity_id,), grain), values)
    rows = Statement(
        f"""
        with
        {text}

        select paper_count, mention_count from counted where period is null
        """,
        values,
    ).run(con)
    return Undated(**rows.row(0, named=True)) if len(rows) else Undated(0, 0)
