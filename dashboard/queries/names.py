"""Names: the most named of a type, and the facts of one name."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb
import polars as pl

from dashboard.queries.records import one

ENTITY_TYPES: Final = ("model", "dataset", "metric", "method")

# The ends of the interval are stored with the counts; a name that no paper mentions has no row
# there, and its interval is that of zero successes.
_Z_SQUARED: Final = 3.8414588


@dataclass(frozen=True)
class Name:
    """One entity and its counts over the whole corpus."""

    entity_id: str
    entity_name: str
    entity_type: str
    parent_id: str | None
    origin: str
    introduced_year: int | None
    introduced_by_paper_id: str | None
    mention_count: int
    paper_count: int
    introducing_paper_count: int
    undated_paper_count: int
    share_paper_count: int
    eligible_paper_count: int
    paper_share: float | None
    paper_share_low: float | None
    paper_share_high: float | None


@dataclass(frozen=True)
class PaperReference:
    """What a link to a paper needs."""

    paper_id: str
    title: str
    url: str | None
    published_on: date | None
    published_precision: str | None


def top(con: duckdb.DuckDBPyConnection, entity_type: str, limit: int = 10) -> pl.DataFrame:
    """Return the names of a type that most papers mention."""
    return con.sql(
        """
        select
            entity_id, entity_name, paper_count, mention_count,
            paper_share, paper_share_low, paper_share_high
        from marts.entity_counts
        where entity_type = $entity_type
        order by paper_count desc, mention_count desc, entity_id
        limit $limit
        """,
        params={"entity_type": entity_type, "limit": limit},
    ).pl()


def name(con: duckdb.DuckDBPyConnection, entity_id: str) -> Name | None:
    """Return one name with its counts; zeros where no paper mentions it, None if unknown."""
    return one(
        con,
        f"""
        with

        eligible as (
            select count(*) filter (where has_abstract) as paper_count from marts.dim_papers
        )

        select
            entities.entity_id,
            entities.entity_name,
            entities.entity_type,
            entities.parent_id,
            entities.origin,
            entities.introduced_year,
            entities.introduced_by_paper_id,
            coalesce(counts.mention_count, 0) as mention_count,
            coalesce(counts.paper_count, 0) as paper_count,
            coalesce(counts.introducing_paper_count, 0) as introducing_paper_count,
            coalesce(counts.undated_paper_count, 0) as undated_paper_count,
            coalesce(counts.share_paper_count, 0) as share_paper_count,
            eligible.paper_count as eligible_paper_count,
            case when eligible.paper_count > 0 then coalesce(counts.paper_share, 0) end
                as paper_share,
            case when eligible.paper_count > 0 then coalesce(counts.paper_share_low, 0) end
                as paper_share_low,
            case
                when eligible.paper_count > 0
                    then coalesce(
                        counts.paper_share_high,
                        {_Z_SQUARED} / (eligible.paper_count + {_Z_SQUARED})
                    )
            end as paper_share_high
        from marts.dim_entities as entities
        cross join eligible
        left join marts.entity_counts as counts on entities.entity_id = counts.entity_id
        where entities.entity_id = $1
        """,
        Name,
        [entity_id],
    )


def spellings(con: duckdb.DuckDBPyConnection, entity_id: str) -> pl.DataFrame:
    """Return the spellings that papers use, the commonest first."""
    return con.sql(
        """
        select spelling, is_listed, mention_count, paper_count
        from marts.entity_spellings
        where entity_id = $1 and mention_count > 0
        order by mention_count desc, spelling
        """,
        params=[entity_id],
    ).pl()


def first_paper(con: duckdb.DuckDBPyConnection, entity_id: str) -> PaperReference | None:
    """Return the earliest dated paper that mentions the name."""
    return one(
        con,
        """
        select
            papers.paper_id, papers.title, papers.url,
            papers.published_on, papers.published_precision
        from marts.dim_papers as papers
        where
            papers.published_on is not null
            and papers.paper_id in (
                select paper_id from marts.fct_mentions where entity_id = $1
            )
        order by papers.published_on, papers.paper_id
        limit 1
        """,
        PaperReference,
        [entity_id],
    )


def paper(con: duckdb.DuckDBPyConnection, paper_id: str) -> PaperReference | None:
    """Return one paper."""
    return one(
        con,
        """
        select paper_id, title, url, published_on, published_precision
        from marts.dim_papers
        where paper_id = $1
        """,
        PaperReference,
        [paper_id],
    )
