"""The search over all spellings: what holds the words, else what resembles them."""

from typing import Final

import duckdb
import polars as pl

from queries.counts import count_tables
from queries.scope import WHOLE, Scope, Values
from queries.statements import Statement

# As the macro spelling_key: without case, spaces and hyphens of any kind, "GPT 4" is "gpt-4".
_IGNORED: Final = " -_\t\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}"
FOLDED: Final = f"translate(lower({{}}), '{_IGNORED}', '')"

_WANTED: Final = FOLDED.format("$words")

MOST_HITS: Final = 50


def containing(
    con: duckdb.DuckDBPyConnection, words: str, limit: int = MOST_HITS, scope: Scope = WHOLE
) -> pl.DataFrame:
    """Return the names with a spelling that holds the words: exact, then prefix, then inside."""
    values: Values = {"words": words, "limit": limit}
    return Statement(
        f"""
        with

        hits as (
            select
                entity_id,
                spelling,
                mention_count,
                case
                    when spelling_key = {_WANTED} then 0
                    when starts_with(spelling_key, {_WANTED}) then 1
                    else 2
                end as rank
            from marts.entity_spellings
            where {_WANTED} != '' and contains(spelling_key, {_WANTED})
        ),

        best as (
            select
                entity_id,
                min(rank) as rank,
                sum(mention_count) as mention_count,
                arg_min(spelling, (rank, -mention_count, spelling)) as matched_spelling
            from hits
            group by entity_id
            order by rank, mention_count desc, entity_id
            limit 2 * $limit
        ),

        {_names_of_best(scope, values)}
        order by best.rank, paper_count desc, best.entity_id
        limit $limit
        """,
        values,
    ).run(con)


def close_to(
    con: duckdb.DuckDBPyConnection, words: str, limit: int = 5, scope: Scope = WHOLE
) -> pl.DataFrame:
    """Return the names whose spelling resembles the words most, for when none holds them."""
    values: Values = {"words": words, "limit": limit}
    return Statement(
        f"""
        with

        scored as (
            select
                entity_id,
                spelling,
                jaro_winkler_similarity(spelling_key, {_WANTED}) as similarity
            from marts.entity_spellings
        ),

        best as (
            select
                entity_id,
                max(similarity) as similarity,
                arg_max(spelling, (similarity, spelling)) as matched_spelling
            from scored
            where similarity >= 0.85
            group by entity_id
            order by similarity desc, entity_id
            limit 4 * $limit
        ),

        {_names_of_best(scope, values)}
        order by best.similarity desc, paper_count desc, best.entity_id
        limit $limit
        """,
        values,
    ).run(con)


def resolved(con: duckdb.DuckDBPyConnection, words: str) -> str | None:
    """Return the one name that words mean best: an identifier, a spelling, or close to one."""
    known = con.sql(
        "select entity_id from marts.dim_entities where entity_id = $1", params=[words]
    ).fetchall()
    if known:
        return str(known[0][0])
    for found in (containing(con, words, 1), close_to(con, words, 1)):
        if not found.is_empty():
            return str(found["entity_id"][0])
    return None


def _names_of_best(scope: Scope, values: Values) -> str:
    only = "mentions.entity_id in (select entity_id from best)"
    return f"""
        {count_tables(scope, values, only)}

        select
            best.entity_id,
            entities.entity_name,
            entities.entity_type,
            best.matched_spelling,
            coalesce(counts.paper_count, 0) as paper_count
        from best
        inner join marts.dim_entities as entities on best.entity_id = entities.entity_id
        left join counts on best.entity_id = counts.entity_id
    """
