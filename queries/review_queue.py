"""Names that their company gives away: scored when the file was built, waiting for review."""

import duckdb
import polars as pl

from queries.scope import texts_of
from queries.statements import Statement


def listed(entity_type: str | None, least: int, limit: int = 20, offset: int = 0) -> Statement:
    """State names with score, evidence and an example; uncounted first, then by weight.

    `mark_start` and `mark_end` are the name's place in the sentence; `entity_id` is the name as
    it is counted, null where no paper counts it.
    """
    return Statement(
        f"""
        with

        page as materialized (
            select *
            from quality.discovered_names
            where
                ($entity_type is null or entity_type = $entity_type)
                and paper_count >= $least
            order by is_counted, score * ln(1 + paper_count) desc, name_key
            limit $limit offset $offset
        ),

        examples as materialized (
            select *
            from quality.discovered_name_examples
            where name_key in (select name_key from page)
            qualify row_number() over (
                partition by name_key order by length(cues) desc, paper_id, start_char
            ) = 1
        ),

        {texts_of("examples")}

        select
            page.name_key,
            page.entity_name,
            page.entity_type,
            page.score,
            page.is_counted,
            page.is_homonym,
            page.needs_context,
            page.paper_count,
            page.defining_paper_count,
            page.first_mentioned_on,
            page.evidence,
            entities.entity_id,
            substr(
                papers.abstract,
                examples.sentence_start + 1,
                examples.sentence_end - examples.sentence_start
            ) as sentence,
            examples.start_char - examples.sentence_start as mark_start,
            examples.end_char - examples.sentence_start as mark_end
        from page
        left join examples on page.name_key = examples.name_key
        left join texts as papers on examples.paper_id = papers.paper_id
        left join marts.dim_entities as entities
            on page.entity_type || ':' || page.name_key = entities.entity_id
        order by page.is_counted, page.score * ln(1 + page.paper_count) desc, page.name_key
        """,
        {"entity_type": entity_type, "least": least, "limit": limit, "offset": offset},
    )


def queue(
    con: duckdb.DuckDBPyConnection,
    entity_type: str | None = None,
    least: int = 1,
    limit: int = 20,
    offset: int = 0,
) -> pl.DataFrame:
    """Return names with score, evidence and an example."""
    return listed(entity_type, least, limit, offset).run(con)


def count(
    con: duckdb.DuckDBPyConnection, entity_type: str | None = None, least: int = 1
) -> tuple[int, int]:
    """Return how many names wait, and how many of them are counted already."""
    (row,) = con.sql(
        """
        select count(*), count(*) filter (where is_counted)
        from quality.discovered_names
        where ($1 is null or entity_type = $1) and paper_count >= $2
        """,
        params=[entity_type, least],
    ).fetchall()
    return row[0], row[1]


def by_quarter(
    con: duckdb.DuckDBPyConnection, entity_ids: tuple[str, ...], quarters: int = 8
) -> dict[str, list[int]]:
    """Return the papers of each name in each of the last quarters of the corpus."""
    rows = con.sql(
        """
        with

        quarters as (
            select published_quarter
            from marts.corpus_quarter_counts
            where published_quarter is not null
            order by published_quarter desc
            limit $quarters
        ),

        wanted as (
            select unnest($entity_ids::varchar[]) as entity_id
        )

        select
            wanted.entity_id,
            list(
                coalesce(counts.paper_count, 0)::integer order by quarters.published_quarter
            ) as papers
        from wanted
        cross join quarters
        left join marts.entity_quarter_counts as counts
            on
                wanted.entity_id = counts.entity_id
                and quarters.published_quarter = counts.published_quarter
        group by wanted.entity_id
        """,
        params={"entity_ids": list(entity_ids), "quarters": quarters},
    ).fetchall()
    return dict(rows)
