"""The same dbt project on Spark: its SQL is DuckDB's, translated on the way to the session."""
