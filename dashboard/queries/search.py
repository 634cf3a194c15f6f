"""The search over all spellings: what holds the words, else what resembles them."""

from typing import Final

import duckdb
import polars as pl

# Spellings are compared without case, spaces and hyphens of any kind: "GPT 4" is "gpt-4".
_FOLDED: Final = r"regexp_replace(lower({}), '[\s\-\x{{2010}}-\x{{2014}}_]+', '', 'g')"

_NAMES_OF_BEST: Final = """
        select
            best.entity_id,
            entities.entity_name,
            entities.entity_type,
            best.matched_spelling,
            coalesce(counts.paper_count, 0) as paper_count
        from best
        inner join marts.dim_entities as entities on best.entity_id = entities.entity_id
        left join marts.entity_counts as counts on best.entity_id = counts.entity_id
"""
"""What a search shows of the entities that a CTE `best` names."""


def containing(con: duckdb.DuckDBPyConnection, words: str, limit: int = 12) -> pl.DataFrame:
    """Return the names with a spelling that holds the words: exact, then prefix, then inside."""
    return con.sql(
        f"""
        with

        wanted as (
            select {_FOLDED.format("$words")} as folded
        ),

        hits as (
            select
                spellings.entity_id,
                spellings.spelling,
                spellings.mention_count,
                case
                    when {_FOLDED.format("spellings.spelling")} = wanted.folded then 0
                    when starts_with({_FOLDED.format("spellings.spelling")}, wanted.folded) then 1
                    else 2
                end as match_rank
            from marts.entity_spellings as spellings
            cross join wanted
            where
                wanted.folded != ''
                and contains({_FOLDED.format("spellings.spelling")}, wanted.folded)
        ),

        best as (
            select
                entity_id,
                min(match_rank) as match_rank,
                arg_min(spelling, (match_rank, -mention_count, spelling)) as matched_spelling
            from hits
            group by entity_id
        )

        {_NAMES_OF_BEST}
        order by best.match_rank, paper_count desc, best.entity_id
        limit $limit
        """,
        params={"words": words, "limit": limit},
    ).pl()


def close_to(con: duckdb.DuckDBPyConnection, words: str, limit: int = 5) -> pl.DataFrame:
    """Return the names whose spelling resembles the words most, for when none holds them."""
    return con.sql(
        f"""
        with

        scored as (
            select
                entity_id,
                spelling,
                jaro_winkler_similarity(
                    {_FOLDED.format("spelling")}, {_FOLDED.format("$words")}
                ) as similarity
            from marts.entity_spellings
        ),

        best as (
            select
                entity_id,
                max(similarity) as similarity,
                arg_max(spelling, similarity) as matched_spelling
            from scored
            where similarity >= 0.85
            group by entity_id
        )

        {_NAMES_OF_BEST}
        order by best.similarity desc, paper_count desc, best.entity_id
        limit $limit
        """,
        params={"words": words, "limit": limit},
    ).pl()
