"""Profiles of the marts as wholes: contract, keys, totals, periods and sources."""

from datetime import date
from typing import Final

from expectations.profiles import Profile
from expectations.thresholds import MIN_PAPERS_TO_JUDGE_MATCHING

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
    "entity_month_counts": "entity_id, published_month",
    "entity_year_counts": "entity_id, published_year",
    "corpus_month_counts": "published_month",
    "corpus_year_counts": "published_year",
}

PERIODS: Final = ("month", "year")
DATED_TO: Final = {"month": "('day', 'month')", "year": "('day', 'month', 'year')"}

ACCEPTED_RECORDS: Final = """
    select record_hash, source_name
    from raw.papers
    where load_id not in (select load_id from raw.refused_loads)
"""


def period_of(period: str) -> str:
    """Return the month or year of a paper as SQL; null where its date is coarser or unknown."""
    return (
        f"case when published_precision in {DATED_TO[period]}"
        f" then date_trunc('{period}', published_on)::date end"
    )


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
    """Profile each mart's key: how many rows, and how many different keys (as 64-bit hashes)."""
    return Profile(
        "keys",
        "\nunion all\n".join(
            f"select '{table}' as table_name, '{key}' as key_columns, count(*) as row_count,"
            f" count(distinct hash({key})) as key_count from marts.{table}"
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


def totals(latest_date: date) -> Profile:
    """Profile the warehouse in one row: papers against landed records, and how much is named.

    Args:
        latest_date: the last day on which a paper may be dated; later months are the future.
    """
    return Profile(
        "totals",
        f"""
with

accepted as ({ACCEPTED_RECORDS}),

named as (
    select distinct paper_id from marts.fct_mentions
),

papers as (
    select
        count(*) as paper_count,
        count(*) filter (where has_abstract) as eligible_paper_count,
        count(*) filter (where has_abstract <> (abstract is not null)) as misjudged_abstract_count,
        count(*) filter (where has_abstract and paper_id in (from named)) as naming_paper_count,
        coalesce(sum(record_count), 0)::bigint as paper_record_count,
        count(published_on) as dated_paper_count,
        count(*) filter (where date_trunc('month', published_on) > date '{latest_date}')
            as future_paper_count
    from marts.dim_papers
),

mentions as (
    select count(*) as mention_count from marts.fct_mentions
)

select
    papers.paper_count,
    papers.eligible_paper_count,
    papers.misjudged_abstract_count,
    papers.naming_paper_count,
    papers.paper_record_count,
    papers.future_paper_count,
    (select count(*) from accepted) as accepted_record_count,
    (select count(*) from intermediate.int_papers_identified) as identified_record_count,
    (select count(distinct paper_id) from intermediate.int_papers_identified) as identity_count,
    mentions.mention_count,
    papers.future_paper_count / nullif(papers.dated_paper_count, 0) as future_paper_share,
    case when papers.eligible_paper_count >= {MIN_PAPERS_TO_JUDGE_MATCHING}
        then papers.naming_paper_count / papers.eligible_paper_count end as naming_paper_share,
    case when papers.paper_count >= {MIN_PAPERS_TO_JUDGE_MATCHING}
        then mentions.mention_count / papers.paper_count end as mean_mention_count
from papers
cross join mentions
""",
    )


def periods() -> Profile:
    """Profile each month and year, the undated included: what the counts say, and the rows."""
    parts = [
        f"""
    select '{period}' as period, {period_of(period)} as period_start, count(*) as paper_count,
        count(*) filter (where has_abstract) as eligible_paper_count
    from marts.dim_papers group by all
    union all by name
    select '{period}' as period, {period_of(period)} as period_start, sum(mention_count) as mention_count
    from marts.dim_papers inner join mentions using (paper_id) group by all
    union all by name
    select '{period}' as period, published_{period} as period_start,
        paper_count as counted_paper_count, eligible_paper_count as counted_eligible_paper_count
    from marts.corpus_{period}_counts
    union all by name
    select '{period}' as period, published_{period} as period_start,
        sum(mention_count) as counted_mention_count
    from marts.entity_{period}_counts group by all"""
        for period in PERIODS
    ]
    measures = [
        f"coalesce(sum({prefix}{measure}), 0)::bigint as {prefix}{measure}"
        for measure in ("paper_count", "eligible_paper_count", "mention_count")
        for prefix in ("", "counted_")
    ]
    return Profile(
        "periods",
        f"""
with

mentions as (
    select paper_id, count(*) as mention_count from marts.fct_mentions group by paper_id
),

stacked as ({" union all by name ".join(parts)}
)

select period, period_start, {", ".join(measures)}
from stacked
group by period, period_start
order by period, period_start
""",
    )


def sources() -> Profile:
    """Profile each source: its papers, and the share of them that name anything."""
    return Profile(
        "sources",
        f"""
select
    source_name,
    count(*) as paper_count,
    count(*) filter (where has_abstract) as eligible_paper_count,
    case when eligible_paper_count >= {MIN_PAPERS_TO_JUDGE_MATCHING}
        then count(*) filter (
            where has_abstract and paper_id in (select paper_id from marts.fct_mentions)
        ) / eligible_paper_count
    end as naming_paper_share
from marts.dim_papers
group by source_name
order by source_name
""",
    )
