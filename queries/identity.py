"""What a paper is known by, and which record each of its cells comes from."""

import duckdb
import polars as pl


def identifiers(con: duckdb.DuckDBPyConnection, paper_id: str) -> pl.DataFrame:
    """Return every identifier of a paper, who states it and what joined it."""
    return con.sql(
        """
        select identifier_kind, identifier, source_name, record_count, link_method, link_score
        from marts.paper_identifiers
        where paper_id = $1
        order by
            case identifier_kind
                when 'arxiv' then 1 when 'doi' then 2 when 'acl' then 3 when 'openreview' then 4
                else 5
            end,
            identifier, source_name
        """,
        params=[paper_id],
    ).pl()


def provenance(con: duckdb.DuckDBPyConnection, paper_id: str) -> pl.DataFrame:
    """Return one row a cell of a paper: the source and record that it comes from."""
    return con.sql(
        """
        with

        own as (
            select * from marts.paper_provenance where paper_id = $1
        ),

        cells as (
            select 1 as place, 'title and abstract' as cell, text_source_name as source_name,
                text_record_id as record_id, text_source_paper_id as stated
            from own
            union all
            select 2, 'date', published_source_name, published_record_id, published_text from own
            union all
            select 3, 'authors', authors_source_name, authors_record_id, null from own
            union all
            select 4, 'venue', venue_source_name, venue_record_id, null from own
            union all
            select 5, 'link', url_source_name, url_record_id, null from own
        )

        select
            cells.cell, cells.source_name, cells.stated,
            loads.source_file, records.source_line
        from cells
        left join raw.papers as records on cells.record_id = hex(records.record_hash)
        left join quality.loads as loads on records.load_id = loads.load_id
        where cells.source_name is not null
        qualify row_number() over (partition by cells.cell order by loads.loaded_at) = 1
        order by cells.place
        """,
        params=[paper_id],
    ).pl()
