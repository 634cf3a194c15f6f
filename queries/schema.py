"""The public tables and their columns, with what dbt says of them."""

import duckdb
import polars as pl


def tables(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the public tables with their descriptions and sizes."""
    return con.sql(
        """
        select
            schema_name || '.' || table_name as table_name,
            comment as description,
            estimated_size as row_count
        from duckdb_tables()
        where schema_name in ('marts', 'quality')
        order by schema_name, table_name
        """
    ).pl()


def columns(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the columns of the public tables with their types and descriptions."""
    return con.sql(
        """
        select
            schema_name || '.' || table_name as table_name,
            column_name,
            data_type,
            comment as description
        from duckdb_columns()
        where schema_name in ('marts', 'quality')
        order by schema_name, table_name, column_index
        """
    ).pl()
