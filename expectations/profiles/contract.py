"""Profiles of the promise: which columns there are, and whether keys are unique."""

from typing import Final

from expectations.profiles import Profile

CONTRACT: Final = {
    "dim_papers": "paper_id VARCHAR, title VARCHAR, abstract VARCHAR, published_on DATE,"
    " published_precision VARCHAR, venue VARCHAR, url VARCHAR, source_name VARCHAR,"
    " first_loaded_at TIMESTAMP, content_hash VARCHAR",
    "dim_entities": "entity_id VARCHAR, entity_name VARCHAR, entity_type VARCHAR,"
    " family_id VARCHAR, origin VARCHAR, first_mentioned_on DATE, introduced_by_paper_id VARCHAR",
    "fct_mentions": "mention_id VARCHAR, paper_id VARCHAR, entity_id VARCHAR,"
    " entity_type VARCHAR, section VARCHAR, start_char INTEGER, end_char INTEGER,"
    " surface VARCHAR, sentence_start INTEGER, sentence_end INTEGER, match_method VARCHAR,"
    " is_introduced BOOLEAN, confidence DOUBLE",
}
"""The columns that readers were promised (DESIGN.md, "The public contract")."""

KEYS: Final = {
    "dim_papers": "paper_id",
    "dim_entities": "entity_id",
    "fct_mentions": "mention_id",
    "entity_counts": "entity_id",
    "entity_papers": "entity_id, paper_id",
    "entity_paper_methods": "entity_id, paper_id, match_method",
    "entity_source_counts": "entity_id, source_name",
    "entity_family_counts": "entity_id, period, period_start",
    "entity_trends": "window_name, entity_id",
    "entity_change_points": "period, entity_id",
    "entity_pairs": "entity_id, other_entity_id",
    "entity_month_counts": "entity_id, published_month",
    "entity_quarter_counts": "entity_id, published_quarter",
    "entity_year_counts": "entity_id, published_year",
    "corpus_source_counts": "source_name",
    "corpus_flow": "source_name, flow_step",
    "corpus_month_counts": "published_month",
    "corpus_quarter_counts": "published_quarter",
    "corpus_year_counts": "published_year",
}


def contract_columns() -> Profile:
    """Profile each promised column: the type that it has to have beside the one that it has."""
    promised = ",\n    ".join(
        f"('{table}', '{column.split()[0]}', '{column.split()[1]}')"
        for table, columns in CONTRACT.items()
        for column in columns.split(", ")
    )
    return Profile(
        "contract_columns",
        f"""
select
    promised.table_name,
    promised.column_name,
    promised.promised_type,
    coalesce(found.data_type, 'missing') as found_type
from (values
    {promised}
) as promised (table_name, column_name, promised_type)
left join duckdb_columns() as found
    on
        found.database_name = current_database()
        and found.schema_name = 'marts'
        and promised.table_name = found.table_name
        and promised.column_name = found.column_name
order by all
""",
    )


def keys() -> Profile:
    """Profile each mart's key: how many rows, and how many different keys.

    Hashes of the keys would be cheaper, but two keys of a million may share one.
    """
    return Profile(
        "keys",
        "\nunion all\n".join(
            f"select '{table}' as table_name, '{key}' as key_columns, count(*) as row_count,"
            f" count(distinct row({key})) as key_count from marts.{table}"
            for table, key in KEYS.items()
        ),
    )


def repeated_keys_sql() -> str:
    """Return the query for the keys that stand on more than one row, by table."""
    return (
        "\nunion all\n".join(
            f"select '{table}' as table_name, concat_ws(' ', {key}) as key_value,"
            f" count(*) as row_count from marts.{table} group by {key} having count(*) > 1"
            for table, key in KEYS.items()
        )
        + "\norder by all"
    )
