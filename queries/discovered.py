"""Names that papers define and no vocabulary lists: the queue of what might be listed next."""

import duckdb
import polars as pl

from queries.evidence import SENTENCE
from queries.scope import (
    WHOLE,
    Scope,
    Values,
    mention_conditions,
    naming_in,
    papers_in,
    texts_of,
)
from queries.statements import Statement


def queue(
    con: duckdb.DuckDBPyConnection,
    scope: Scope = WHOLE,
    entity_type: str | None = None,
    limit: int = 25,
    offset: int = 0,
) -> pl.DataFrame:
    """Return discovered names, those of most papers first, with one sentence of each."""
    return listed(scope, entity_type, limit, offset).run(con)


def count(
    con: duckdb.DuckDBPyConnection, scope: Scope = WHOLE, entity_type: str | None = None
) -> int:
    """Return how long the queue is."""
    values: Values = {}
    text = _counted(scope, entity_type, values)
    frame = Statement(f"with {text} select count(*) as n from counted", values).run(con)
    return int(frame["n"][0])


def listed(
    scope: Scope, entity_type: str | None = None, limit: int = 25, offset: int = 0
) -> Statement:
    """State discovered names, those of most papers first, with one sentence of each."""
    values: Values = {"limit": limit, "offset": offset}
    within = (
        f"and mentions.paper_id in (select paper_id from ({papers_in(scope, values)}))"
        if scope.cuts_papers
        else ""
    )
    # Sentences are looked for after the page is cut: counting must not read every mention.
    return Statement(
        f"""
        with
        {_counted(scope, entity_type, values)},

        page as materialized (
            select * from counted
            order by paper_count desc, mention_count desc, entity_id
            limit $limit offset $offset
        ),

        looked_at as materialized (
            select
                mentions.entity_id,
                avg(mentions.confidence) as mean_confidence,
                arg_min(
                    mentions.rowid, (mentions.section, mentions.paper_id, mentions.start_char)
                ) as place
            from marts.fct_mentions as mentions
            where
                mentions.entity_id in (select entity_id from page)
                {mention_conditions(scope, values)}
                {within}
            group by mentions.entity_id
        ),

        examples as materialized (
            select mentions.*
            from marts.fct_mentions as mentions
            where mentions.rowid in (select place from looked_at)
        ),

        {texts_of("examples")}

        select
            page.entity_id,
            entities.entity_name,
            page.entity_type,
            page.paper_count,
            page.mention_count,
            looked_at.mean_confidence,
            page.first_mentioned_on,
            page.last_mentioned_on,
            {SENTENCE.format("examples")}
        from page
        inner join marts.dim_entities as entities on page.entity_id = entities.entity_id
        inner join looked_at on page.entity_id = looked_at.entity_id
        inner join examples on page.entity_id = examples.entity_id
        inner join texts as papers on examples.paper_id = papers.paper_id
        order by page.paper_count desc, page.mention_count desc, page.entity_id
        """,
        values,
    )


def _counted(scope: Scope, entity_type: str | None, values: Values) -> str:
    values["least"] = scope.least
    of_type = ""
    if entity_type:
        values["entity_type"] = entity_type
        of_type = " and mentions.entity_type = $entity_type"
    counts = (
        "select entity_id, entity_type, paper_count, mention_count, first_mentioned_on, "
        "last_mentioned_on from marts.entity_counts as mentions "
        f"where origin = 'discovered'{of_type}"
        if scope.is_whole
        else f"""
                select
                    entity_id,
                    any_value(entity_type) as entity_type,
                    count(*) as paper_count,
                    sum(mention_count)::bigint as mention_count,
                    min(published_on) as first_mentioned_on,
                    max(published_on) as last_mentioned_on
                from ({naming_in(scope, values, f" and mentions.origin = 'discovered'{of_type}")})
                group by entity_id"""
    )
    return f"""
        counted as (
            select *
            from ({counts}) as counts
            where paper_count >= $least
        )"""
