"""From raw rows to built and tested models: dbt, and what it is given beyond SQL."""
