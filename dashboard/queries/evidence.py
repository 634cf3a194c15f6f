"""The sentences behind a count: one row a mention, so that the list is as long as the number."""

from dataclasses import dataclass
from typing import Final

import duckdb
import polars as pl

from dashboard.queries.records import scalar

UNDATED: Final = "undated"


@dataclass(frozen=True)
class EvidenceFilter:
    """Which mentions of a name are wanted; None is all of them."""

    year: str | None = None  # four digits, or UNDATED
    spelling: str | None = None


def mention_count(
    con: duckdb.DuckDBPyConnection, entity_id: str, wanted: EvidenceFilter = EvidenceFilter()
) -> int:
    """Return how many mentions pass the filter."""
    return int(
        scalar(
            con,
            f"select count(*) {_FROM_MENTIONS}",
            [entity_id, wanted.year, wanted.spelling],
        )
    )


def mentions(
    con: duckdb.DuckDBPyConnection,
    entity_id: str,
    wanted: EvidenceFilter = EvidenceFilter(),
    limit: int = 20,
    offset: int = 0,
) -> pl.DataFrame:
    """Return one row a mention with its sentence, the newest paper first, the undated last.

    `mark_start` and `mark_end` are the mention's place in the sentence.
    """
    # The texts are joined after the page is cut: sorting must not carry abstracts.
    return con.sql(
        f"""
        with

        page as (
            select
                mentions.mention_id,
                mentions.paper_id,
                mentions.section,
                mentions.start_char,
                mentions.end_char,
                mentions.sentence_start,
                mentions.sentence_end,
                mentions.surface,
                mentions.match_method,
                mentions.confidence,
                mentions.is_introduced
            {_FROM_MENTIONS}
            order by {_NEWEST_FIRST}
            limit $4 offset $5
        )

        select
            mentions.mention_id,
            mentions.paper_id,
            mentions.section,
            mentions.surface,
            mentions.match_method,
            mentions.confidence,
            mentions.is_introduced,
            substr(
                case mentions.section when 'title' then papers.title else papers.abstract end,
                mentions.sentence_start + 1,
                mentions.sentence_end - mentions.sentence_start
            ) as sentence,
            mentions.start_char - mentions.sentence_start as mark_start,
            mentions.end_char - mentions.sentence_start as mark_end,
            papers.title,
            papers.url,
            papers.published_on,
            papers.published_precision,
            papers.source_name
        from page as mentions
        inner join marts.dim_papers as papers on mentions.paper_id = papers.paper_id
        order by {_NEWEST_FIRST}
        """,
        params=[entity_id, wanted.year, wanted.spelling, limit, offset],
    ).pl()


def years(con: duckdb.DuckDBPyConnection, entity_id: str) -> pl.DataFrame:
    """Return the years in which papers mention the name, the newest first, the undated last."""
    return con.sql(
        f"""
        select
            coalesce(year(published_year)::varchar, '{UNDATED}') as year,
            mention_count,
            paper_count
        from marts.entity_year_counts
        where entity_id = $1
        order by published_year desc nulls last
        """,
        params=[entity_id],
    ).pl()


_FROM_MENTIONS: Final = f"""
from marts.fct_mentions as mentions
inner join marts.dim_papers as papers on mentions.paper_id = papers.paper_id
where
    mentions.entity_id = $1
    and ($2 is null or coalesce(year(papers.published_on)::varchar, '{UNDATED}') = $2)
    and ($3 is null or mentions.surface = $3)
"""

_NEWEST_FIRST: Final = (
    "papers.published_on desc nulls last, mentions.paper_id, "
    "mentions.section desc, mentions.start_char"
)
