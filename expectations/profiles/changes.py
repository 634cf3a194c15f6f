"""Profiles of what changed since the published file, which the pipeline attaches as `previous`.

How much is found is compared on the papers whose text is in both files, so that a load of other
papers is no anomaly and a change of the rules is one.
"""

from typing import Final

from expectations.profiles import Profile
from expectations.thresholds import (
    MIN_PAPERS_TO_JUDGE_MATCHING,
    MIN_PAPERS_TO_JUDGE_NAME_CHANGE,
)

PREVIOUS: Final = "previous"
"""The name under which the published file is attached."""

SHARED_PAPERS: Final = f"""
    select paper_id
    from marts.dim_papers as new
    inner join {PREVIOUS}.marts.dim_papers as old using (paper_id, content_hash)
"""


def changed_totals() -> Profile:
    """Profile the warehouse in one row: papers before and now, and mentions of shared papers."""
    return Profile(
        "changed_totals",
        f"""
with

shared as ({SHARED_PAPERS}),

counted as (
    select
        (select count(*) from {PREVIOUS}.marts.dim_papers) as previous_paper_count,
        (select count(*) from marts.dim_papers) as paper_count,
        (select count(*) from shared) as shared_paper_count,
        (
            select count(*) from {PREVIOUS}.marts.fct_mentions where paper_id in (from shared)
        ) as previous_mention_count,
        (
            select count(*) from marts.fct_mentions where paper_id in (from shared)
        ) as mention_count
)

select
    *,
    case when previous_paper_count >= {MIN_PAPERS_TO_JUDGE_MATCHING}
        then paper_count / previous_paper_count end as paper_ratio,
    case when shared_paper_count >= {MIN_PAPERS_TO_JUDGE_MATCHING}
        then mention_count / nullif(previous_mention_count, 0) end as mention_ratio
from counted
""",
    )


def changed_sources() -> Profile:
    """Profile each source of the published file: its papers before and now."""
    return Profile(
        "changed_sources",
        f"""
with

old as (
    select source_name, count(*) as paper_count
    from {PREVIOUS}.marts.dim_papers group by source_name
),

-- a paper may have moved to another source that states it better, so landed records are asked
landed as (
    select source_name, count(*) as record_count
    from raw.papers
    where load_id not in (select load_id from raw.load_verdicts where not is_accepted)
    group by source_name
)

select
    old.source_name,
    old.paper_count as previous_paper_count,
    coalesce(landed.record_count, 0) as record_count
from old
left join landed on old.source_name = landed.source_name
order by old.source_name
""",
    )


def changed_names() -> Profile:
    """Profile each name that many shared papers had: how many of them have it, now over before."""
    return Profile(
        "changed_names",
        f"""
with

shared as ({SHARED_PAPERS}),

old as (
    select entity_id, count(distinct paper_id) as paper_count
    from {PREVIOUS}.marts.fct_mentions
    where paper_id in (from shared)
    group by entity_id
    having count(distinct paper_id) >= {MIN_PAPERS_TO_JUDGE_NAME_CHANGE}
),

new as (
    select entity_id, count(distinct paper_id) as paper_count
    from marts.fct_mentions
    where paper_id in (from shared)
    group by entity_id
)

select
    old.entity_id,
    old.paper_count as previous_paper_count,
    coalesce(new.paper_count, 0) as paper_count,
    coalesce(new.paper_count, 0) / old.paper_count as name_ratio
from old
left join new on old.entity_id = new.entity_id
order by old.entity_id
""",
    )
