"""How good the counts are: extraction scores against labelled text, and examples of errors."""

import duckdb
import polars as pl


def latest(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the latest scores of each label set, one row a match rule and type."""
    return con.sql(
        """
        with

        newest as (
            select label_set, max(scored_at) as scored_at
            from quality.extraction_scores
            group by label_set
        )

        select scores.*
        from quality.extraction_scores as scores
        inner join newest
            on
                scores.label_set = newest.label_set
                and scores.scored_at = newest.scored_at
        order by
            scores.label_set,
            scores.match_rule desc,
            case scores.entity_type
                when 'all' then 0 when 'model' then 1 when 'dataset' then 2
                when 'metric' then 3 else 4
            end
        """
    ).pl()


def error_counts(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return how many errors of each kind and type were listed."""
    return con.sql(
        """
        select error_kind, entity_type, count(*) as error_count
        from quality.extraction_errors
        group by error_kind, entity_type
        order by error_count desc, error_kind, entity_type
        """
    ).pl()


def errors(con: duckdb.DuckDBPyConnection, error_kind: str, limit: int = 10) -> pl.DataFrame:
    """Return examples of one kind of error with their sentences."""
    return con.sql(
        """
        select entity_type, surface, paper_title, section, start_char, sentence
        from quality.extraction_errors
        where error_kind = $1
        order by paper_title, section desc, start_char, entity_type
        limit $2
        """,
        params=[error_kind, limit],
    ).pl()


def confusion(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return how often a mention was found where it is labelled, but as another type."""
    return con.sql(
        """
        select
            missed.entity_type as labelled_type,
            wrong.entity_type as found_type,
            count(*) as mention_count,
            min(missed.surface) as example
        from quality.extraction_errors as missed
        inner join quality.extraction_errors as wrong
            on
                missed.label_set = wrong.label_set
                and missed.paper_title = wrong.paper_title
                and missed.section = wrong.section
                and missed.start_char = wrong.start_char
                and missed.surface = wrong.surface
        where missed.error_kind = 'missed' and wrong.error_kind = 'wrong'
        group by all
        order by mention_count desc, labelled_type, found_type
        """
    ).pl()
