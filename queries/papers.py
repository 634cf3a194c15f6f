"""Papers: search by words and filters, and one paper with all that was found in it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb
import polars as pl

from queries.records import one
from queries.scope import (
    Scope,
    Values,
    mention_conditions,
    naming_in,
    paper_conditions,
)
from queries.statements import Statement

_MOST_WORDS: Final = 6
_OF_PAGE: Final = " and mentions.paper_id in (select paper_id from page)"


@dataclass(frozen=True)
class Paper:
    """One paper as it was landed."""

    paper_id: str
    title: str
    abstract: str | None
    published_on: date | None
    published_precision: str | None
    venue: str | None
    url: str | None
    source_name: str
    record_count: int


@dataclass(frozen=True)
class Wanted:
    """Which papers are wanted: all of the words in title or abstract, a venue, a name."""

    words: str = ""
    venue: str | None = None
    entity_id: str | None = None


@dataclass(frozen=True)
class Found:
    """How many papers are wanted, and some of them."""

    count: int
    frame: pl.DataFrame


def matching(scope: Scope, wanted: Wanted, values: Values) -> str:
    """Return a table expression `matching`: identifiers and dates of the wanted papers."""
    conditions: list[str] = []
    for position, word in enumerate(wanted.words.lower().split()[:_MOST_WORDS]):
        name = f"word_{'abcdef'[position]}"
        conditions.append(
            f"(regexp_matches(papers.title, ${name}, 'i')"
            f" or regexp_matches(papers.abstract, ${name}, 'i'))"
        )
        # Without regard to case, half as costly as comparing with the text in lower case.
        values[name] = re.sub(r"([^\w\s])", r"\\\1", word)
    if wanted.venue:
        conditions.append("papers.venue = $venue")
        values["venue"] = wanted.venue
    if wanted.entity_id or scope.cuts_mentions:
        named = " and mentions.entity_id = $entity_id" if wanted.entity_id else ""
        values["entity_id"] = wanted.entity_id
        naming = naming_in(scope, values, named)
        conditions.append(f"papers.paper_id in (select paper_id from ({naming}))")
    where = "".join(f" and {condition}" for condition in conditions)
    return f"""
        matching as (
            select papers.rowid as place, papers.paper_id, papers.published_on
            from marts.dim_papers as papers
            where true{paper_conditions(scope, values, "papers")}{where}
        )"""


def listed(scope: Scope, wanted: Wanted, limit: int = 20, offset: int = 0) -> Statement:
    """State the wanted papers, the newest first, each with the number of its mentions.

    `found_count` is how many are wanted in all: texts are read through once for both.
    """
    values: Values = {"limit": limit, "offset": offset}
    return Statement(
        f"""
        with
        {matching(scope, wanted, values)},

        whole as (
            select count(*) as found_count from matching
        ),

        page as materialized (
            select * from matching
            order by published_on desc nulls last, paper_id
            limit $limit offset $offset
        ),

        texts as materialized (
            select papers.*
            from marts.dim_papers as papers
            where papers.rowid in (select place from page)
        ),

        named as (
            select paper_id, sum(mention_count)::bigint as mention_count
            from ({naming_in(scope, values, _OF_PAGE)})
            group by paper_id
        )

        select
            papers.paper_id,
            papers.title,
            papers.published_on,
            papers.published_precision,
            papers.venue,
            papers.url,
            papers.source_name,
            left(papers.abstract, 240) as abstract_start,
            coalesce(named.mention_count, 0) as mention_count,
            whole.found_count
        from texts as papers
        cross join whole
        left join named on papers.paper_id = named.paper_id
        order by papers.published_on desc nulls last, papers.paper_id
        """,
        values,
    )


def found(
    con: duckdb.DuckDBPyConnection, scope: Scope, wanted: Wanted, limit: int = 20, page: int = 1
) -> Found:
    """Return a page of the wanted papers, the newest first; the first where there are fewer."""
    frame = listed(scope, wanted, limit, limit * (page - 1)).run(con)
    if frame.is_empty() and page > 1:
        return found(con, scope, wanted, limit)
    return Found(0 if frame.is_empty() else int(frame["found_count"][0]), frame)


def paper(con: duckdb.DuckDBPyConnection, paper_id: str) -> Paper | None:
    """Return one paper; None where there is none of that identifier."""
    return one(
        con,
        """
        select
            paper_id, title, abstract, published_on, published_precision,
            venue, url, source_name, record_count
        from marts.dim_papers
        where paper_id = $1
        """,
        Paper,
        [paper_id],
    )


def mentions(con: duckdb.DuckDBPyConnection, paper_id: str, scope: Scope) -> pl.DataFrame:
    """Return what a paper names, in the order of its text, and why each counts."""
    values: Values = {"paper_id": paper_id}
    return Statement(
        f"""
        select
            mentions.section,
            mentions.start_char,
            mentions.end_char,
            mentions.surface,
            mentions.entity_id,
            entities.entity_name,
            mentions.entity_type,
            mentions.alias,
            mentions.match_method,
            mentions.confidence,
            mentions.is_introduced,
            methods.description as reason
        from marts.fct_mentions as mentions
        inner join marts.dim_entities as entities on mentions.entity_id = entities.entity_id
        left join vocabulary.match_methods as methods
            on mentions.match_method = methods.match_method
        where mentions.paper_id = $paper_id{mention_conditions(scope, values)}
        order by mentions.section desc, mentions.start_char
        """,
        values,
    ).run(con)


def uncounted(con: duckdb.DuckDBPyConnection, paper_id: str) -> pl.DataFrame:
    """Return the strings of a paper that were left uncounted."""
    return con.sql(
        """
        select
            uncounted.section, uncounted.start_char, uncounted.surface, uncounted.ambiguity,
            uncounted.entity_id, entities.entity_name, entities.entity_type
        from quality.ambiguous_mentions as uncounted
        inner join marts.dim_entities as entities on uncounted.entity_id = entities.entity_id
        where uncounted.paper_id = $1
        order by uncounted.section desc, uncounted.start_char
        """,
        params=[paper_id],
    ).pl()


def venues(con: duckdb.DuckDBPyConnection, limit: int = 200) -> list[str]:
    """Return the venues with most papers."""
    rows = con.sql(
        "select venue from marts.dim_papers where venue is not null "
        "group by venue order by count(*) desc, venue limit $1",
        params=[limit],
    ).fetchall()
    return [row[0] for row in rows]
