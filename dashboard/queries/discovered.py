"""Names that papers define and no vocabulary lists: the queue of what might be listed next."""

import duckdb
import polars as pl

from dashboard.queries.scope import WHOLE, Scope, Values, mentions_in, papers_in
from dashboard.queries.statements import Statement


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
    return Statement(
        f"""
        with
        {_counted(scope, entity_type, values)},

        page as (
            select * from counted
            order by paper_count desc, mention_count desc, entity_id
            limit $limit offset $offset
        )

        select
            page.entity_id,
            page.entity_name,
            page.entity_type,
            page.paper_count,
            page.mention_count,
            page.mean_confidence,
            page.first_mentioned_on,
            page.last_mentioned_on,
            substr(
                case examples.section when 'title' then papers.title else papers.abstract end,
                examples.sentence_start + 1,
                examples.sentence_end - examples.sentence_start
            ) as sentence,
            examples.start_char - examples.sentence_start as mark_start,
            examples.end_char - examples.sentence_start as mark_end
        from page
        inner join marts.fct_mentions as examples on page.example_id = examples.mention_id
        inner join marts.dim_papers as papers on examples.paper_id = papers.paper_id
        order by page.paper_count desc, page.mention_count desc, page.entity_id
        """,
        values,
    )


def _counted(scope: Scope, entity_type: str | None, values: Values) -> str:
    values["least"] = scope.least
    of_type = ""
    if entity_type:
        values["entity_type"] = entity_type
        of_type = "and entities.entity_type = $entity_type"
    return f"""
        papers as ({papers_in(scope, values)}),

        counted as (
            select
                entities.entity_id,
                entities.entity_name,
                entities.entity_type,
                count(distinct mentions.paper_id) as paper_count,
                count(*) as mention_count,
                avg(mentions.confidence) as mean_confidence,
                min(papers.published_on) as first_mentioned_on,
                max(papers.published_on) as last_mentioned_on,
                arg_min(mentions.mention_id, (mentions.section, mentions.mention_id)) as example_id
            from ({mentions_in(scope, values)}) as mentions
            inner join papers on mentions.paper_id = papers.paper_id
            inner join marts.dim_entities as entities on mentions.entity_id = entities.entity_id
            where entities.origin = 'discovered' {of_type}
            group by all
            having count(distinct mentions.paper_id) >= $least
        )"""
