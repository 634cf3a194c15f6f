"""What quality lists beside counts: works joined or kept apart by title, and unread dates."""

import duckdb
import polars as pl


def link_counts(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return how many pairs of like titles were joined, and how many were not, with the reason."""
    return con.sql(
        """
        select is_joined, link_method, refusal_reason, count(*) as pair_count
        from quality.title_links
        group by all
        order by is_joined desc, pair_count desc, link_method, refusal_reason
        """
    ).pl()


def links(con: duckdb.DuckDBPyConnection, limit: int = 20) -> pl.DataFrame:
    """Return pairs of like titles, the least sure first, and whether they are one work."""
    return con.sql(
        """
        select
            title, other_title, source_name, other_source_name,
            stated_year, other_stated_year, text_share,
            is_joined, link_method, link_score, refusal_reason,
            paper_id, other_paper_id
        from quality.title_links
        order by
            is_joined desc, link_score nulls last, text_share nulls last, title, paper_id,
            other_paper_id
        limit $1
        """,
        params=[limit],
    ).pl()


def date_problems(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return how many dates could not be read, by problem and source, each with an example."""
    return con.sql(
        """
        select
            date_problem, source_name, count(*) as record_count,
            min(published_text) as example,
            arg_min(source_file || ', line ' || source_line, published_text) as place
        from quality.unread_dates
        group by date_problem, source_name
        order by record_count desc, date_problem, source_name
        """
    ).pl()


def completeness(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return one row a source: its papers, and how many of them have what."""
    return con.sql(
        """
        select
            source_name, paper_count, eligible_paper_count, dated_paper_count,
            month_dated_paper_count, venue_paper_count, url_paper_count, naming_paper_count
        from marts.corpus_source_counts
        order by paper_count desc, source_name
        """
    ).pl()
