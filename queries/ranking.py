"""The names that most papers mention, with the places that they may hold."""

from typing import Final

import duckdb
import polars as pl

from queries.counts import count_tables, names_of
from queries.scope import WHOLE, Scope, Values
from queries.shares import share
from queries.statements import Statement

ENTITY_TYPES: Final = ("model", "dataset", "metric", "method")
MOST: Final = 60
"""Names of each type that a page may offer."""

_ALL: Final = "all"

# By share, of which the places speak; papers without an abstract count in no share.
_ORDER: Final = (
    "{0}.share_paper_count desc, {0}.paper_count desc, {0}.mention_count desc, {0}.entity_id"
)


def most_named(
    entity_type: str | None, scope: Scope = WHOLE, limit: int = 10, *, is_adoption: bool = False
) -> Statement:
    """State the names of a type, or of all, that most papers mention."""
    return _ranked((entity_type or _ALL,), scope, limit, is_adoption=is_adoption)


def top(
    con: duckdb.DuckDBPyConnection, entity_type: str | None, scope: Scope = WHOLE, limit: int = 10
) -> pl.DataFrame:
    """Return the names of a type that most papers mention."""
    return most_named(entity_type, scope, limit).run(con)


def leading(
    con: duckdb.DuckDBPyConnection, scope: Scope = WHOLE, limit: int = MOST
) -> pl.DataFrame:
    """Return the first names of every type, counted in one go: pages show parts of it."""
    return _ranked(ENTITY_TYPES, scope, limit).run(con)


def of_type(frame: pl.DataFrame, entity_type: str, limit: int = 10) -> pl.DataFrame:
    """Return the first names of one type out of those of all."""
    return frame.filter(pl.col("entity_type") == entity_type).head(limit)


def _ranked(
    lists: tuple[str, ...], scope: Scope, limit: int, *, is_adoption: bool = False
) -> Statement:
    """State the first names of some lists; a list is a type, or all names.

    `place_low` and `place_high` are the best and the worst place by share that a name may hold in
    its list: names whose intervals overlap cannot be told apart. Names that as many papers mention
    have one interval, so not names are compared but numbers of papers, of which there are few.
    """
    values: Values = {"least": scope.least, "limit": limit}
    only = ""
    if _ALL not in lists and len(lists) == 1:
        only = "mentions.entity_type = $list_name_a"
    lists_of = "'all'" if _ALL in lists else "entity_type"
    pages: list[str] = []
    for letter, name in zip("abcd", lists, strict=False):
        values[f"list_name_{letter}"] = name
        pages.append(f"""(
                select * from counted
                where list_name = $list_name_{letter} and paper_count >= $least
                order by {_ORDER.format("counted")}
                limit $limit
            )""")
    names = names_of("page", is_stored=scope.is_whole and not is_adoption)
    return Statement(
        f"""
        with
        {count_tables(scope, values, only, is_adoption=is_adoption)},

        counted as (
            select {lists_of} as list_name, *
            from counts
        ),

        levels as (
            select
                by_level.*,
                eligible.eligible_paper_count,
                {share("by_level.share_paper_count", "eligible.eligible_paper_count")}
            from (
                select list_name, share_paper_count, count(*) as name_count
                from counted
                group by list_name, share_paper_count
            ) as by_level
            cross join eligible
        ),

        page as (
            {" union all ".join(pages)}
        ),

        places as (
            select
                own.list_name,
                own.share_paper_count,
                case
                    when any_value(own.paper_share) is not null then (1 + coalesce(
                        sum(others.name_count)
                            filter (where others.paper_share_low > own.paper_share_high), 0
                    ))::bigint
                end as place_low,
                (
                    sum(others.name_count)
                        filter (where others.paper_share_high >= own.paper_share_low)
                )::bigint as place_high
            from levels as own
            inner join levels as others on own.list_name = others.list_name
            where (own.list_name, own.share_paper_count) in (
                select (list_name, share_paper_count) from page
            )
            group by own.list_name, own.share_paper_count
        )

        select
            row_number() over (
                partition by page.list_name
                order by {_ORDER.format("page")}
            ) as place,
            places.place_low,
            places.place_high,
            page.entity_id,
            entities.entity_name,
            page.entity_type,
            page.paper_count,
            page.mention_count,
            page.introducing_paper_count,
            page.share_paper_count,
            levels.eligible_paper_count,
            levels.paper_share,
            levels.paper_share_low,
            levels.paper_share_high
        from page
        inner join ({names}) as entities on page.entity_id = entities.entity_id
        inner join levels
            on
                page.list_name = levels.list_name
                and page.share_paper_count = levels.share_paper_count
        inner join places
            on
                page.list_name = places.list_name
                and page.share_paper_count = places.share_paper_count
        order by page.list_name, place
        """,
        values,
    )
