"""The warehouse's file: its two ways in, the raw and quality tables in it, the lake beside it."""
