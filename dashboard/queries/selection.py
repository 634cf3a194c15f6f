"""Counts, series and evidence under one filter: all are made of the same rows.

Whatever the filter, `mention_count` is the number of rows that `evidence` returns for it, and
`paper_count` the number of different papers in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import duckdb
import polars as pl

from dashboard.queries.intervals import wilson_columns

GRAINS: Final = ("month", "quarter", "year")


@dataclass(frozen=True)
class Selection:
    """Which mentions count; None and False are all of them.

    Attributes:
        source_name: only papers whose text comes from the source.
        since: only papers dated on the day or later.
        until: only papers dated on the day or earlier.
        section: only mentions in titles, or in abstracts.
        match_method: only mentions found this way.
        is_adoption: leave out papers that introduce the entity.
    """

    source_name: str | None = None
    since: date | None = None
    until: date | None = None
    section: str | None = None
    match_method: str | None = None
    is_adoption: bool = False

    def params(self, **others: Any) -> dict[str, Any]:
        """Return what the queries bind."""
        return {
            "source_name": self.source_name,
            "since": self.since,
            "until": self.until,
        } | others

    def mention_params(self, **others: Any) -> dict[str, Any]:
        """Return what the queries on mentions bind."""
        return self.params(
            section=self.section,
            match_method=self.match_method,
            is_adoption=self.is_adoption,
            **others,
        )


def top(
    con: duckdb.DuckDBPyConnection,
    selection: Selection = Selection(),
    entity_type: str | None = None,
    limit: int = 20,
) -> pl.DataFrame:
    """Return the names that most papers mention, with the places that they may hold.

    `place_low` and `place_high` are the best and the worst place by share among the names of the
    result's types: names whose intervals overlap cannot be told apart.
    """
    return con.sql(
        f"""
        with

        eligible as ({_ELIGIBLE}),

        counted as (
            select mentions.entity_id, {_MEASURES}
            {_FROM_MENTIONS}
                and ($entity_type is null or mentions.entity_type = $entity_type)
            group by mentions.entity_id
        ),

        shares as (
            select
                counted.*,
                eligible.eligible_paper_count,
                {wilson_columns("share_paper_count", "eligible_paper_count", "paper_share")}
            from counted
            cross join eligible
        ),

        ends as (
            select entity_id, 'low' as interval_end, paper_share_low as end_share from shares
            union all
            select entity_id, 'high' as interval_end, paper_share_high as end_share from shares
        ),

        places as (
            select
                entity_id,
                interval_end,
                sum((interval_end = 'low')::int) over falling as lows,
                sum((interval_end = 'high')::int) over falling as highs
            from ends
            where end_share is not null
            window falling as (
                order by end_share desc, interval_end
                rows between unbounded preceding and current row
            )
        ),

        held as (
            select
                entity_id,
                (1 + max(lows) filter (where interval_end = 'high'))::bigint as place_low,
                (max(highs) filter (where interval_end = 'low'))::bigint as place_high
            from places
            group by entity_id
        )

        select
            row_number() over best_first as place,
            held.place_low,
            held.place_high,
            shares.entity_id,
            entities.entity_name,
            entities.entity_type,
            shares.paper_count,
            shares.mention_count,
            shares.introducing_paper_count,
            shares.share_paper_count,
            shares.eligible_paper_count,
            shares.paper_share,
            shares.paper_share_low,
            shares.paper_share_high
        from shares
        inner join marts.dim_entities as entities on shares.entity_id = entities.entity_id
        left join held on shares.entity_id = held.entity_id
        window best_first as (
            order by shares.paper_count desc, shares.mention_count desc, shares.entity_id
        )
        order by place
        limit $limit
        """,
        params=selection.mention_params(entity_type=entity_type, limit=limit),
    ).pl()


def series(
    con: duckdb.DuckDBPyConnection,
    entity_ids: Sequence[str],
    grain: str,
    selection: Selection = Selection(),
    *,
    with_family: bool = False,
) -> pl.DataFrame:
    """Return one row a name and period of the corpus, the undated on a last one without period.

    Periods in which no paper mentions the name count as zero.

    Args:
        con: the published file.
        entity_ids: the names.
        grain: month, quarter or year.
        selection: the filter.
        with_family: count papers that name it or an entity below it.
    """
    if grain not in GRAINS:
        raise ValueError(f"grain is {grain!r}, not one of {GRAINS}")
    return con.sql(
        f"""
        with recursive

        {_MEMBERS},

        eligible as (
            select {_PERIOD[grain]} as period, count(*) filter (where has_abstract) as n
            from marts.dim_papers as papers
            where {_PAPER_CLAUSE}
            group by all
        ),

        bounds as (
            select min(period) as first_period, max(period) as last_period from eligible
        ),

        periods as (
            select unnest(generate_series(first_period, last_period, interval 1 {grain}))::date
                as period
            from bounds
            union all
            select null from eligible where period is null
        ),

        counted as (
            select members.entity_id, {_PERIOD[grain]} as period, {_MEASURES}
            {_FROM_MENTIONS.replace("where", _JOIN_MEMBERS + " where", 1)}
            group by all
        ),

        filled as (
            select
                wanted.entity_id,
                periods.period,
                corpus.is_complete,
                coalesce(counted.paper_count, 0) as paper_count,
                coalesce(counted.mention_count, 0) as mention_count,
                coalesce(counted.introducing_paper_count, 0) as introducing_paper_count,
                coalesce(counted.share_paper_count, 0) as share_paper_count,
                coalesce(eligible.n, 0) as eligible_paper_count
            from (select unnest($entity_ids) as entity_id) as wanted
            cross join periods
            left join eligible on periods.period is not distinct from eligible.period
            left join counted
                on wanted.entity_id = counted.entity_id
                and periods.period is not distinct from counted.period
            left join marts.corpus_{grain}_counts as corpus
                on periods.period = corpus.published_{grain}
        )

        select
            filled.entity_id,
            entities.entity_name,
            filled.* exclude (entity_id),
            {wilson_columns("share_paper_count", "eligible_paper_count", "paper_share")}
        from filled
        inner join marts.dim_entities as entities on filled.entity_id = entities.entity_id
        order by list_position($entity_ids, filled.entity_id), filled.period nulls last
        """,
        params=selection.mention_params(entity_ids=list(entity_ids), with_family=with_family),
    ).pl()


def counts(
    con: duckdb.DuckDBPyConnection,
    entity_ids: Sequence[str],
    selection: Selection = Selection(),
    *,
    with_family: bool = False,
) -> pl.DataFrame:
    """Return one row a name, in the order given; zeros where no paper mentions it."""
    return con.sql(
        f"""
        with recursive

        {_MEMBERS},

        eligible as ({_ELIGIBLE}),

        counted as (
            select members.entity_id, {_MEASURES},
                min(papers.published_on) as first_mentioned_on,
                max(papers.published_on) as last_mentioned_on
            {_FROM_MENTIONS.replace("where", _JOIN_MEMBERS + " where", 1)}
            group by members.entity_id
        ),

        filled as (
            select
                wanted.entity_id,
                coalesce(counted.paper_count, 0) as paper_count,
                coalesce(counted.mention_count, 0) as mention_count,
                coalesce(counted.introducing_paper_count, 0) as introducing_paper_count,
                coalesce(counted.share_paper_count, 0) as share_paper_count,
                eligible.eligible_paper_count,
                counted.first_mentioned_on,
                counted.last_mentioned_on
            from (select unnest($entity_ids) as entity_id) as wanted
            cross join eligible
            left join counted on wanted.entity_id = counted.entity_id
        )

        select
            filled.entity_id,
            entities.entity_name,
            entities.entity_type,
            filled.* exclude (entity_id),
            {wilson_columns("share_paper_count", "eligible_paper_count", "paper_share")}
        from filled
        inner join marts.dim_entities as entities on filled.entity_id = entities.entity_id
        order by list_position($entity_ids, filled.entity_id)
        """,
        params=selection.mention_params(entity_ids=list(entity_ids), with_family=with_family),
    ).pl()


def evidence(
    con: duckdb.DuckDBPyConnection,
    entity_id: str,
    selection: Selection = Selection(),
    *,
    with_family: bool = False,
    limit: int | None = None,
) -> pl.DataFrame:
    """Return one row a mention with its sentence, the newest paper first, the undated last."""
    return con.sql(
        f"""
        with recursive

        {_MEMBERS},

        listed as (
            select mentions.*
            {_FROM_MENTIONS.replace("where", _JOIN_MEMBERS + " where", 1)}
        )

        select
            papers.published_on,
            papers.published_precision,
            listed.paper_id,
            papers.title,
            papers.url,
            papers.source_name,
            listed.entity_id,
            listed.section,
            listed.start_char,
            listed.end_char,
            listed.surface,
            substr(
                case listed.section when 'title' then papers.title else papers.abstract end,
                listed.sentence_start + 1,
                listed.sentence_end - listed.sentence_start
            ) as sentence,
            listed.start_char - listed.sentence_start as mark_start,
            listed.end_char - listed.sentence_start as mark_end,
            listed.match_method,
            listed.confidence,
            listed.is_introduced
        from listed
        inner join marts.dim_papers as papers on listed.paper_id = papers.paper_id
        order by
            papers.published_on desc nulls last, listed.paper_id,
            listed.section desc, listed.start_char
        limit $limit
        """,
        params=selection.mention_params(
            entity_ids=[entity_id], with_family=with_family, limit=limit
        ),
    ).pl()


_PERIOD: Final = {
    grain: f"case when papers.published_precision in ({precisions})"
    f" then date_trunc('{grain}', papers.published_on)::date end"
    for grain, precisions in (
        ("month", "'day', 'month'"),
        ("quarter", "'day', 'month'"),
        ("year", "'day', 'month', 'year'"),
    )
}

_PAPER_CLAUSE: Final = """
    ($source_name is null or papers.source_name = $source_name)
    and ($since is null or papers.published_on >= $since)
    and ($until is null or papers.published_on <= $until)
"""

_ELIGIBLE: Final = f"""
    select count(*) filter (where papers.has_abstract) as eligible_paper_count
    from marts.dim_papers as papers
    where {_PAPER_CLAUSE}
"""

_MEASURES: Final = """
    count(*) as mention_count,
    count(distinct mentions.paper_id) as paper_count,
    count(distinct mentions.paper_id) filter (where mentions.is_introduced)
        as introducing_paper_count,
    count(distinct mentions.paper_id) filter (where papers.has_abstract) as share_paper_count
"""

_FROM_MENTIONS: Final = f"""
    from marts.fct_mentions as mentions
    inner join marts.dim_papers as papers on mentions.paper_id = papers.paper_id
    where
        {_PAPER_CLAUSE}
        and ($section is null or mentions.section = $section)
        and ($match_method is null or mentions.match_method = $match_method)
        and not ($is_adoption and mentions.is_introduced)
"""

# The names and, where the family is wanted, everything below them.
_MEMBERS: Final = """
        members as (
            select unnest($entity_ids) as entity_id, unnest($entity_ids) as member_id
            union
            select members.entity_id, below.entity_id as member_id
            from members
            inner join marts.dim_entities as below on members.member_id = below.parent_id
            where $with_family
        )
"""
_JOIN_MEMBERS: Final = "inner join members on mentions.entity_id = members.member_id"
