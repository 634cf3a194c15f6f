"""Files in, raw rows out: read one format, validate, land good and bad rows in DuckDB."""
