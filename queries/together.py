"""Which names stand in the same papers, and how much more often than chance would have it."""

from typing import Final

import duckdb
import polars as pl

from queries.counts import count_tables
from queries.scope import WHOLE, Scope, Values, naming_in
from queries.statements import Statement

_OF_CHOSEN: Final = " and mentions.entity_id in (select entity_id from chosen)"
_OF_MET: Final = (
    "(mentions.entity_id = $entity_id or mentions.entity_id in (select other_entity_id from met))"
)
_OF_OWN: Final = " and mentions.paper_id in (select paper_id from own)"


def pairs(
    scope: Scope, row_type: str, column_type: str, most: int = 15, least: int = 3
) -> Statement:
    """State one row a pair of the most named of two types, with the papers that name both.

    Only papers with an abstract count, as in shares. `lift` is how many times more often the two
    meet than they would if each stood in papers at random; `npmi` is its logarithm as a share of
    the highest that it could be (G. Bouma, 2009): 1 never apart, 0 as by chance.
    """
    values: Values = {
        "row_type": row_type,
        "column_type": column_type,
        "most": most,
        "least_pair": max(least, 1),
        "least": scope.least,
    }
    return Statement(
        f"""
        with
        {_chosen(scope, values)},

        eligible_naming as (
            select entity_id, entity_type, paper_id
            from ({naming_in(scope, values, _OF_CHOSEN)})
            where has_abstract
        ),

        met as (
            select
                lefts.entity_id,
                rights.entity_id as other_entity_id,
                count(*) as pair_paper_count
            from eligible_naming as lefts
            inner join eligible_naming as rights on lefts.paper_id = rights.paper_id
            where
                lefts.entity_type = $row_type
                and rights.entity_type = $column_type
                and lefts.entity_id != rights.entity_id
            group by all
            having count(*) >= $least_pair
        )

        select
            met.entity_id,
            lefts.entity_name,
            met.other_entity_id,
            rights.entity_name as other_entity_name,
            met.pair_paper_count,
            lefts.share_paper_count,
            rights.share_paper_count as other_share_paper_count,
            eligible.eligible_paper_count,
            met.pair_paper_count::double * eligible.eligible_paper_count
            / (lefts.share_paper_count * rights.share_paper_count) as lift,
            case
                when met.pair_paper_count = eligible.eligible_paper_count then 1.0
                else ln(lift) / -ln(met.pair_paper_count::double / eligible.eligible_paper_count)
            end as npmi
        from met
        inner join chosen as lefts
            on met.entity_id = lefts.entity_id and lefts.entity_type = $row_type
        inner join chosen as rights
            on met.other_entity_id = rights.entity_id and rights.entity_type = $column_type
        cross join eligible
        order by met.pair_paper_count * npmi desc, met.entity_id, met.other_entity_id
        """,
        values,
    )


def met(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    row_type: str,
    column_type: str,
    most: int = 15,
    least: int = 3,
) -> pl.DataFrame:
    """Return the pairs of two types."""
    return pairs(scope, row_type, column_type, most, least).run(con)


def beside(
    con: duckdb.DuckDBPyConnection,
    entity_id: str,
    scope: Scope = WHOLE,
    least: int = 3,
    limit: int = 12,
) -> pl.DataFrame:
    """Return the names that share most papers with one, by how far beyond chance they do."""
    values: Values = {"entity_id": entity_id, "least_pair": max(least, 1), "limit": limit}
    return Statement(
        f"""
        with

        own as (
            select paper_id
            from ({naming_in(scope, values, " and mentions.entity_id = $entity_id")})
            where has_abstract
        ),

        met as (
            select entity_id as other_entity_id, count(*) as pair_paper_count
            from ({naming_in(scope, values, _OF_OWN)})
            where entity_id != $entity_id
            group by entity_id
            having count(*) >= $least_pair
        ),

        {count_tables(scope, values, _OF_MET)}

        select
            met.other_entity_id as entity_id,
            entities.entity_name,
            entities.entity_type,
            met.pair_paper_count,
            others.share_paper_count,
            met.pair_paper_count::double * eligible.eligible_paper_count
            / (counts.share_paper_count * others.share_paper_count) as lift,
            case
                when met.pair_paper_count = eligible.eligible_paper_count then 1.0
                else ln(lift) / -ln(met.pair_paper_count::double / eligible.eligible_paper_count)
            end as npmi
        from met
        inner join counts on counts.entity_id = $entity_id
        inner join counts as others on met.other_entity_id = others.entity_id
        inner join marts.dim_entities as entities on met.other_entity_id = entities.entity_id
        cross join eligible
        order by met.pair_paper_count * npmi desc, met.other_entity_id
        limit $limit
        """,
        values,
    ).run(con)


def _chosen(scope: Scope, values: Values) -> str:
    """Return table expressions that end in `chosen`: the most named of the two types."""
    first = """(
                select entity_id, entity_type, share_paper_count
                from counts
                where
                    entity_type = {0}
                    and share_paper_count > 0
                    and paper_count >= $least
                order by share_paper_count desc, entity_id
                limit $most
            )"""
    return f"""
        {count_tables(scope, values)},

        first_of_both as (
            {first.format("$row_type")}
            union
            {first.format("$column_type")}
        ),

        chosen as (
            select first_of_both.*, entities.entity_name
            from first_of_both
            inner join marts.dim_entities as entities
                on first_of_both.entity_id = entities.entity_id
        )"""
