"""Profiles of the marts as wholes: totals, periods and sources."""

from datetime import date
from typing import Final

from expectations.profiles import Profile
from expectations.thresholds import MIN_PAPERS_TO_JUDGE_MATCHING

PERIODS: Final = ("month", "quarter", "year")
DATED_TO: Final = {
    "month": "('day', 'month')",
    "quarter": "('day', 'month')",
    "year": "('day', 'month', 'year')",
}

ACCEPTED_RECORDS: Final = """
    select record_hash, source_name
    from raw.papers
    where load_id not in (select load_id from raw.load_verdicts where not is_accepted)
"""


def period_of(period: str) -> str:
    """Return the month or year of a paper as SQL; null where its date is coarser or unknown."""
    return (
        f"case when published_precision in {DATED_TO[period]}"
        f" then date_trunc('{period}', published_on)::date end"
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
    select '{period}' as period, {period_of(period)} as period_start,
        sum(mention_count) as mention_count
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


def flow() -> Profile:
    """Profile each source and step of the flow that has parts: its count beside their sum."""
    return Profile(
        "flow",
        """
select
    whole.source_name,
    whole.flow_step,
    any_value(whole.step_count) as step_count,
    sum(parts.step_count)::bigint as parts_count
from marts.corpus_flow as whole
inner join marts.corpus_flow as parts
    on whole.source_name = parts.source_name and whole.flow_step = parts.part_of
group by whole.source_name, whole.flow_step
order by whole.source_name, whole.flow_step
""",
    )


def summaries() -> Profile:
    """Profile each total that several marts state: what they say beside the rows themselves."""
    return Profile(
        "summaries",
        """
select
    'papers' as measure,
    (select count(*) from marts.dim_papers) as row_count,
    (select paper_count from marts.corpus_summary) as summary_count,
    (select coalesce(sum(paper_count), 0)::bigint from marts.corpus_source_counts) as parts_count
union all
select
    'mentions',
    (select count(*) from marts.fct_mentions),
    (select mention_count from marts.corpus_summary),
    (select coalesce(sum(mention_count), 0)::bigint from marts.entity_papers)
union all
select
    'mentions by source',
    (select count(*) from marts.fct_mentions),
    (select coalesce(sum(mention_count), 0)::bigint from marts.entity_source_counts),
    (select coalesce(sum(mention_count), 0)::bigint from marts.corpus_source_counts)
union all
select
    'mentions by type',
    (select count(*) from marts.fct_mentions),
    (
        select coalesce(sum(mention_count), 0)::bigint
        from marts.corpus_type_counts where period = 'all'
    ),
    (
        select coalesce(sum(mention_count), 0)::bigint
        from marts.corpus_type_counts where period = 'quarter'
    )
order by all
""",
    )
