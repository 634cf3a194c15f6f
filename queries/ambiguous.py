"""Strings that could mean something else and had no evidence: listed, never counted."""

import duckdb
import polars as pl

from queries.evidence import SENTENCE
from queries.records import scalar
from queries.scope import texts_of


def total(con: duckdb.DuckDBPyConnection) -> int:
    """Return how many found strings stay uncounted."""
    return int(scalar(con, "select count(*) from quality.ambiguous_mentions"))


def surfaces(con: duckdb.DuckDBPyConnection, limit: int = 25) -> pl.DataFrame:
    """Return the commonest uncounted strings, each with one sentence in which it stands."""
    return con.sql(
        f"""
        with

        grouped as materialized (
            select
                surface,
                entity_id,
                count(*) as mention_count,
                count(distinct paper_id) as paper_count,
                any_value(ambiguity) as ambiguity,
                min(mention_id) as example_id
            from quality.ambiguous_mentions
            group by surface, entity_id
            order by mention_count desc, surface, entity_id
            limit $1
        ),

        examples as materialized (
            select *
            from quality.ambiguous_mentions
            where mention_id in (select example_id from grouped)
        ),

        {texts_of("examples")}

        select
            grouped.surface,
            grouped.entity_id,
            entities.entity_name,
            entities.entity_type,
            grouped.ambiguity,
            grouped.mention_count,
            grouped.paper_count,
            {SENTENCE.format("examples")}
        from grouped
        inner join examples
            on grouped.example_id = examples.mention_id
        inner join texts as papers on examples.paper_id = papers.paper_id
        inner join marts.dim_entities as entities on grouped.entity_id = entities.entity_id
        order by grouped.mention_count desc, grouped.surface, grouped.entity_id
        """,
        params=[limit],
    ).pl()
