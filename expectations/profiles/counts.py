"""Profiles of the counts made of the mentions: entities, and the tables of shares."""

from expectations.profiles import Profile
from expectations.profiles.marts import PERIODS, period_of
from expectations.thresholds import (
    MAX_INTERVAL_ERROR,
    MAX_SHARE_ERROR,
    MIN_PAPERS_TO_JUDGE_CATCH_ALL,
)


def entities() -> Profile:
    """Profile each entity that is named or counted: the rows beside what every count says."""
    by_period = "".join(
        f"""
    union all by name
    select entity_id, sum(mention_count) as {period}_mention_count,
        sum(paper_count) as {period}_paper_count,
        sum(share_paper_count) as {period}_share_paper_count
    from marts.entity_{period}_counts group by entity_id"""
        for period in PERIODS
    )
    measures = [
        f"coalesce(sum({prefix}{measure}), 0)::bigint as {prefix}{measure}"
        for measure in ("mention_count", "paper_count", "share_paper_count")
        for prefix in ("", "counted_", *(f"{period}_" for period in PERIODS))
    ]
    return Profile(
        "entities",
        f"""
with

naming as (
    select entity_id, paper_id, count(*) as mention_count from marts.fct_mentions group by all
),

stacked as (
    select entity_id, sum(mention_count) as mention_count, count(*) as paper_count,
        count(*) filter (where has_abstract) as share_paper_count
    from naming left join marts.dim_papers using (paper_id) group by entity_id
    union all by name
    select entity_id, entity_type as counted_type, mention_count as counted_mention_count,
        paper_count as counted_paper_count, share_paper_count as counted_share_paper_count
    from marts.entity_counts{by_period}
    union all by name
    select entity_id, sum(mention_count) as spelling_mention_count
    from marts.entity_spellings group by entity_id having sum(mention_count) > 0
),

summed as (
    select entity_id, max(counted_type) as counted_type, {", ".join(measures)},
        coalesce(sum(spelling_mention_count), 0)::bigint as spelling_mention_count
    from stacked
    group by entity_id
),

corpus as (
    select case when count(*) >= {MIN_PAPERS_TO_JUDGE_CATCH_ALL} then count(*) end as paper_count
    from marts.dim_papers
)

select
    summed.*,
    listed.entity_name,
    coalesce(listed.entity_type, 'missing') as listed_type,
    summed.paper_count / corpus.paper_count as named_share
from summed
left join marts.dim_entities as listed on summed.entity_id = listed.entity_id
cross join corpus
order by summed.entity_id
""",
    )


def judged_shares_sql() -> str:
    """Return one row a published share, with the denominator that the papers themselves give."""
    parts = [
        """
select 'entity_counts' as table_name, entity_id, null::date as period_start, share_paper_count,
    eligible_paper_count, paper_share, paper_share_low, paper_share_high,
    (select count(abstract) from marts.dim_papers) as papers_with_abstract
from marts.entity_counts"""
    ]
    parts += [
        f"""
select 'entity_{period}_counts', counts.entity_id, counts.published_{period},
    counts.share_paper_count, counts.eligible_paper_count, counts.paper_share,
    counts.paper_share_low, counts.paper_share_high, coalesce(corpus.papers_with_abstract, 0)
from marts.entity_{period}_counts as counts
left join (
    select {period_of(period)} as period_start, count(abstract) as papers_with_abstract
    from marts.dim_papers group by all
) as corpus on counts.published_{period} is not distinct from corpus.period_start"""
        for period in PERIODS
    ]
    return f"""
select
    *,
    eligible_paper_count is distinct from papers_with_abstract as has_wrong_denominator,
    not coalesce(paper_share between 0 and 1, eligible_paper_count = 0) as is_outside_unit,
    not coalesce(
        paper_share_low >= 0 and paper_share_low <= paper_share + {MAX_INTERVAL_ERROR}
        and paper_share <= paper_share_high + {MAX_INTERVAL_ERROR} and paper_share_high <= 1,
        eligible_paper_count = 0
    ) as leaves_interval,
    coalesce(
        abs(paper_share - share_paper_count / nullif(eligible_paper_count, 0)) > {MAX_SHARE_ERROR},
        false
    ) as is_misdivided
from ({" union all ".join(parts)})
"""


def share_tables() -> Profile:
    """Profile each table of shares: how many of its shares break each rule of a share."""
    return Profile(
        "share_tables",
        f"""
select
    table_name,
    count(*) as share_count,
    count(*) filter (where is_outside_unit) as outside_unit_count,
    count(*) filter (where leaves_interval) as leaving_interval_count,
    count(*) filter (where is_misdivided) as misdivided_count,
    count(*) filter (where has_wrong_denominator) as wrong_denominator_count
from ({judged_shares_sql()})
group by table_name
order by table_name
""",
    )
