"""Counts and evidence under one filter, for the terminal, Python and reports.

The rows are those of the pages: whatever the filter, `mention_count` is the number of rows that
`evidence` returns for it, and `paper_count` the number of different papers in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import duckdb
import polars as pl

from queries import ranking
from queries.eligible import eligible, eligible_by_period
from queries.evidence import NEWEST_FIRST, SENTENCE, Wanted, matching
from queries.scope import Scope, Section, Values, texts_of
from queries.series import Lines, counted
from queries.shares import GRAINS, Grain, is_grain, share, step
from queries.statements import Statement


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

    def scope(self) -> Scope:
        """Return the filters as pages know them."""
        return Scope(
            source=(self.source_name,) if self.source_name is not None else (),
            since=self.since,
            until=self.until,
            section=cast("Section | None", self.section),
            method=(self.match_method,) if self.match_method is not None else (),
        )


def top(
    con: duckdb.DuckDBPyConnection,
    selection: Selection = Selection(),
    entity_type: str | None = None,
    limit: int = 20,
) -> pl.DataFrame:
    """Return the names that most papers mention, with the places that they may hold."""
    return ranking.most_named(
        entity_type, selection.scope(), limit, is_adoption=selection.is_adoption
    ).run(con)


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
    if not is_grain(grain):
        raise ValueError(f"grain is {grain!r}, not one of {GRAINS}")
    values: Values = {}
    lines = _lines(entity_ids, selection, grain, with_family=with_family)
    return Statement(
        f"""
        with recursive
        {counted(selection.scope(), lines, values)},

        {eligible_by_period(selection.scope(), grain, values)},

        periods as (
            select unnest(generate_series(min(period), max(period), {step(grain)}))::date as period
            from eligible
            union all
            select null from eligible where period is null
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
                coalesce(eligible.eligible_paper_count, 0) as eligible_paper_count
            from (select unnest($entity_ids) as entity_id) as wanted
            cross join periods
            left join eligible on periods.period is not distinct from eligible.period
            left join counted
                on wanted.entity_id = counted.line_id
                and periods.period is not distinct from counted.period
            left join marts.corpus_{grain}_counts as corpus
                on periods.period = corpus.published_{grain}
        )

        select
            filled.entity_id,
            entities.entity_name,
            filled.* exclude (entity_id),
            {share("share_paper_count", "eligible_paper_count")}
        from filled
        inner join marts.dim_entities as entities on filled.entity_id = entities.entity_id
        order by list_position($entity_ids, filled.entity_id), filled.period nulls last
        """,
        values,
    ).run(con)


def counts(
    con: duckdb.DuckDBPyConnection,
    entity_ids: Sequence[str],
    selection: Selection = Selection(),
    *,
    with_family: bool = False,
) -> pl.DataFrame:
    """Return one row a name, in the order given; zeros where no paper mentions it."""
    values: Values = {}
    lines = _lines(entity_ids, selection, "year", with_family=with_family)
    return Statement(
        f"""
        with recursive
        {counted(selection.scope(), lines, values)},

        {eligible(selection.scope(), values)},

        whole as (
            select
                line_id,
                sum(mention_count)::bigint as mention_count,
                sum(paper_count)::bigint as paper_count,
                sum(introducing_paper_count)::bigint as introducing_paper_count,
                sum(share_paper_count)::bigint as share_paper_count,
                min(first_mentioned_on) as first_mentioned_on,
                max(last_mentioned_on) as last_mentioned_on
            from counted
            group by line_id
        )

        select
            entities.entity_id,
            entities.entity_name,
            entities.entity_type,
            coalesce(whole.paper_count, 0) as paper_count,
            coalesce(whole.mention_count, 0) as mention_count,
            coalesce(whole.introducing_paper_count, 0) as introducing_paper_count,
            coalesce(whole.share_paper_count, 0) as share_paper_count,
            eligible.eligible_paper_count,
            whole.first_mentioned_on,
            whole.last_mentioned_on,
            {share("coalesce(whole.share_paper_count, 0)", "eligible.eligible_paper_count")}
        from marts.dim_entities as entities
        cross join eligible
        left join whole on entities.entity_id = whole.line_id
        where list_contains($entity_ids, entities.entity_id)
        order by list_position($entity_ids, entities.entity_id)
        """,
        values,
    ).run(con)


def evidence(
    con: duckdb.DuckDBPyConnection,
    entity_id: str,
    selection: Selection = Selection(),
    *,
    with_family: bool = False,
    limit: int | None = None,
) -> pl.DataFrame:
    """Return one row a mention with its sentence, the newest paper first, the undated last."""
    values: Values = {"limit": limit}
    wanted = Wanted((entity_id,), with_family, selection.is_adoption)
    return Statement(
        f"""
        with recursive
        {matching(selection.scope(), wanted, values)},

        listed as materialized (
            select * from matching
            order by {NEWEST_FIRST.format("matching")}
            limit $limit
        ),

        {texts_of("listed")}

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
            {SENTENCE.format("listed")},
            listed.match_method,
            listed.confidence,
            listed.is_introduced
        from listed
        inner join texts as papers on listed.paper_id = papers.paper_id
        order by {NEWEST_FIRST.format("listed")}
        """,
        values,
    ).run(con)


def _lines(
    entity_ids: Sequence[str], selection: Selection, grain: Grain, *, with_family: bool
) -> Lines:
    return Lines(tuple(entity_ids), grain, with_family, selection.is_adoption)
