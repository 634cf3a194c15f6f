"""Profiles of what changed since the published file, which the pipeline attaches as `previous`."""

from typing import Final

from expectations.profiles import Profile
from expectations.thresholds import (
    MIN_PAPERS_TO_JUDGE_MATCHING,
    MIN_PAPERS_TO_JUDGE_NAME_CHANGE,
)

PREVIOUS: Final = "previous"
"""The name under which the published file is attached."""


def changed_totals() -> Profile:
    """Profile the warehouse in one row: papers and mentions, now over before."""
    side = f"""
    select
        count(*) as paper_count,
        case when count(*) >= {MIN_PAPERS_TO_JUDGE_MATCHING} then count(*) end as judged_count,
        (select count(*) from {{0}}marts.fct_mentions) as mention_count
    from {{0}}marts.dim_papers"""
    return Profile(
        "changed_totals",
        f"""
with

old as ({side.format(f"{PREVIOUS}.")}),

new as ({side.format("")})

select
    old.paper_count as previous_paper_count,
    new.paper_count,
    old.mention_count as previous_mention_count,
    new.mention_count,
    new.paper_count / old.judged_count as paper_ratio,
    (new.mention_count / new.judged_count)
    / nullif(old.mention_count / old.judged_count, 0) as mean_mention_ratio
from old
cross join new
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
    """Profile each name that many papers had: its share of papers, now over before."""
    return Profile(
        "changed_names",
        f"""
with

old as (
    select *, paper_count / (select count(*) from {PREVIOUS}.marts.dim_papers) as named_share
    from {PREVIOUS}.marts.entity_counts
    where paper_count >= {MIN_PAPERS_TO_JUDGE_NAME_CHANGE}
),

new as (
    select *, paper_count / (select count(*) from marts.dim_papers) as named_share
    from marts.entity_counts
)

select
    old.entity_id,
    old.entity_name,
    old.paper_count as previous_paper_count,
    coalesce(new.paper_count, 0) as paper_count,
    coalesce(new.named_share, 0) / old.named_share as share_ratio
from old
left join new on old.entity_id = new.entity_id
order by old.entity_id
""",
    )
