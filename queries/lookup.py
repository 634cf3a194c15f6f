"""From what a person writes to the entity that is meant: any spelling, or an entity_id."""

import duckdb
import polars as pl

from queries import search


def candidates(con: duckdb.DuckDBPyConnection, words: str) -> pl.DataFrame:
    """Return the entities with exactly this id, name or spelling, the likeliest first.

    An entity_id means that entity and no other.
    """
    found = con.sql(
        f"""
        with

        spelled as (
            select entity_id, mention_count from marts.entity_spellings
            where spelling_key = {search.FOLDED.format("$words")}
            union all
            select entity_id, 0 as mention_count from marts.dim_entities
            where entity_id = lower($words)
        ),

        meant as (
            select entity_id, sum(mention_count) as spelling_mention_count
            from spelled
            group by entity_id
        )

        select
            entities.entity_id,
            entities.entity_name,
            entities.entity_type,
            entities.origin,
            coalesce(counts.paper_count, 0) as paper_count
        from meant
        inner join marts.dim_entities as entities on meant.entity_id = entities.entity_id
        left join marts.entity_counts as counts on meant.entity_id = counts.entity_id
        order by
            entities.entity_id = lower($words) desc,
            entities.origin = 'vocabulary' desc,
            meant.spelling_mention_count desc,
            entities.entity_id
        """,
        params={"words": words},
    ).pl()
    exact = found.filter(pl.col("entity_id") == words.lower())
    return exact if len(exact) else found


def suggestions(con: duckdb.DuckDBPyConnection, words: str, limit: int = 5) -> pl.DataFrame:
    """Return names that hold the words, else names that resemble them."""
    inside = search.containing(con, words, limit)
    return inside if len(inside) else search.close_to(con, words, limit)
