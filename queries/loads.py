"""What was read: the manifest of loads and the records that were rejected."""

import duckdb
import polars as pl


def loads(con: duckdb.DuckDBPyConnection, limit: int = 50) -> pl.DataFrame:
    """Return the latest loads; read = landed + known + rejected in every row."""
    return con.sql(
        """
        select
            load_id, source_name, source_file, source_sha256, source_query, format_name, loaded_at,
            read_count, landed_count, known_count, rejected_count, is_refused, refusal_reason
        from quality.loads
        order by loaded_at desc, load_id
        limit $1
        """,
        params=[limit],
    ).pl()


def rejection_counts(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return how many records each rule rejected."""
    return con.sql(
        """
        select rejection_rule, count(*) as record_count
        from quality.rejected_papers
        group by rejection_rule
        order by record_count desc, rejection_rule
        """
    ).pl()


def rejected(con: duckdb.DuckDBPyConnection, limit: int = 20, offset: int = 0) -> pl.DataFrame:
    """Return rejected records, the newest first, with the rule and the start of their text."""
    return con.sql(
        """
        select
            source_name,
            source_file,
            source_line,
            rejection_rule,
            rejection_detail,
            left(raw_text, 2000) as raw_text,
            length(raw_text) as raw_length,
            loaded_at
        from quality.rejected_papers
        order by loaded_at desc, load_id, source_line, rejection_rule
        limit $1 offset $2
        """,
        params=[limit, offset],
    ).pl()
