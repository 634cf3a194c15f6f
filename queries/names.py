"""One name: its counts, spellings, first paper and venues, under the filters."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb
import polars as pl

from queries.counts import count_tables
from queries.records import one
from queries.scope import WHOLE, Scope, Values, mention_conditions, naming_in
from queries.shares import share
from queries.statements import Statement

_OWN: Final = " and mentions.entity_id = $entity_id"


@dataclass(frozen=True)
class Name:
    """One entity and its counts under the filters."""

    entity_id: str
    entity_name: str
    entity_type: str
    parent_id: str | None
    family_id: str
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


def name(con: duckdb.DuckDBPyConnection, entity_id: str, scope: Scope = WHOLE) -> Name | None:
    """Return one name with its counts; zeros where no paper mentions it, None if unknown."""
    values: Values = {"entity_id": entity_id}
    rows = Statement(
        f"""
        with
        {count_tables(scope, values, "mentions.entity_id = $entity_id")},

        found as (
            select
                entities.entity_id,
                entities.entity_name,
                entities.entity_type,
                entities.parent_id,
                entities.family_id,
                entities.origin,
                entities.introduced_year,
                entities.introduced_by_paper_id,
                coalesce(counts.mention_count, 0) as mention_count,
                coalesce(counts.paper_count, 0) as paper_count,
                coalesce(counts.introducing_paper_count, 0) as introducing_paper_count,
                coalesce(counts.undated_paper_count, 0) as undated_paper_count,
                coalesce(counts.share_paper_count, 0) as share_paper_count,
                eligible.eligible_paper_count
            from marts.dim_entities as entities
            cross join eligible
            left join counts on entities.entity_id = counts.entity_id
            where entities.entity_id = $entity_id
        )

        select
            *,
            {share("share_paper_count", "eligible_paper_count")}
        from found
        """,
        values,
    ).run(con)
    return Name(**rows.row(0, named=True)) if len(rows) else None


def spellings(con: duckdb.DuckDBPyConnection, entity_id: str, scope: Scope = WHOLE) -> pl.DataFrame:
    """Return the spellings that papers use, the commonest first."""
    values: Values = {"entity_id": entity_id}
    if scope.is_whole:
        sql = """
        select spelling, mention_count, paper_count
        from marts.entity_spellings
        where entity_id = $entity_id and mention_count > 0
        order by mention_count desc, spelling
        """
    else:
        sql = f"""
        select
            mentions.surface as spelling,
            count(*) as mention_count,
            count(distinct mentions.paper_id) as paper_count
        from marts.fct_mentions as mentions
        where
            mentions.entity_id = $entity_id
            {mention_conditions(scope, values)}
            and mentions.paper_id in (select paper_id from ({naming_in(scope, values, _OWN)}))
        group by mentions.surface
        order by mention_count desc, spelling
        """
    return Statement(sql, values).run(con)


def first_paper(
    con: duckdb.DuckDBPyConnection, entity_id: str, scope: Scope = WHOLE
) -> PaperReference | None:
    """Return the earliest dated paper of the scope that mentions the name."""
    values: Values = {"entity_id": entity_id}
    rows = Statement(
        f"""
        with

        earliest as (
            select paper_id
            from ({naming_in(scope, values, _OWN)})
            where published_on is not null
            order by published_on, paper_id
            limit 1
        )

        select
            papers.paper_id, papers.title, papers.url,
            papers.published_on, papers.published_precision
        from marts.dim_papers as papers
        where papers.paper_id = (select paper_id from earliest)
        """,
        values,
    ).run(con)
    return PaperReference(**rows.row(0, named=True)) if len(rows) else None


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


def labels(con: duckdb.DuckDBPyConnection, entity_ids: tuple[str, ...]) -> dict[str, str]:
    """Return what the given names are called; unknown ones are left out."""
    rows = con.sql(
        "select entity_id, entity_name from marts.dim_entities "
        "where entity_id in (select unnest($1::varchar[]))",
        params=[list(entity_ids)],
    ).fetchall()
    return dict(rows)
