"""The family of a name: what stands above it and directly below it."""

import duckdb
import polars as pl


def ancestors(con: duckdb.DuckDBPyConnection, entity_id: str) -> pl.DataFrame:
    """Return the line above a name, the top of the family first; empty for a top."""
    return con.sql(
        """
        with recursive

        line as (
            select entity_id, parent_id, 0 as height
            from marts.dim_entities
            where entity_id = $1
            union all
            select above.entity_id, above.parent_id, line.height + 1
            from line
            inner join marts.dim_entities as above on line.parent_id = above.entity_id
            where line.height < 10
        )

        select
            line.entity_id,
            entities.entity_name,
            coalesce(counts.paper_count, 0) as paper_count
        from line
        inner join marts.dim_entities as entities on line.entity_id = entities.entity_id
        left join marts.entity_counts as counts on line.entity_id = counts.entity_id
        where line.height > 0
        order by line.height desc
        """,
        params=[entity_id],
    ).pl()


def children(con: duckdb.DuckDBPyConnection, entity_id: str) -> pl.DataFrame:
    """Return the names one level below, the most mentioned first."""
    return con.sql(
        """
        select
            entities.entity_id,
            entities.entity_name,
            coalesce(counts.paper_count, 0) as paper_count
        from marts.dim_entities as entities
        left join marts.entity_counts as counts on entities.entity_id = counts.entity_id
        where entities.parent_id = $1
        order by paper_count desc, entities.entity_id
        """,
        params=[entity_id],
    ).pl()


def tops(con: duckdb.DuckDBPyConnection, entity_ids: tuple[str, ...]) -> dict[str, str]:
    """Return the top of the family of each name; a name without a family is its own."""
    rows = con.sql(
        "select entity_id, family_id from marts.dim_entities "
        "where entity_id in (select unnest($1::varchar[]))",
        params=[list(entity_ids)],
    ).fetchall()
    return dict(rows)
