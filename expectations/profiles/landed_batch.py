"""The profile of what was landed: one row a load."""

from collections.abc import Sequence
from datetime import date

from expectations.profiles import Profile
from expectations.thresholds import (
    EARLIEST_DATE,
    MIN_ABSTRACTS_TO_JUDGE_LENGTH,
    MIN_PAPERS_TO_JUDGE,
    MIN_READ_TO_JUDGE_REJECTS,
)
from papertally.literals import literal

ACCEPTED_LOADS = """
select load_id from raw.loads
union
select load_id from raw.papers
except
select load_id from raw.load_verdicts where not is_accepted
"""

# Blank also when it holds nothing but spaces, controls and format characters of any script.
IS_BLANK_TITLE = r"regexp_full_match(title, '[\s\p{Z}\p{C}]*')"
HAS_ABSTRACT_TEXT = r"regexp_matches(abstract, '[^\s\p{Z}\p{C}]')"
# Line breaks and tabs are how listings wrap; other controls and U+FFFD are a wrong encoding.
HAS_ODD_CHARACTERS = r"regexp_matches(title, '[\x00-\x08\x0B\x0C\x0E-\x1F\x7F\x{FFFD}]')"
# As in stg_raw__papers: an unreadable date is null, never guessed.
PUBLISHED_ON = "raw.first_day(raw.iso_date(published))"


def scope_sql(load_ids: Sequence[str] | None) -> str:
    """Return the query for the loads that are judged: the given ones, or every accepted one."""
    if load_ids is None:
        return ACCEPTED_LOADS
    return f"select distinct unnest({literal(list(load_ids))}::varchar[]) as load_id"


def records_sql(load_ids: Sequence[str] | None) -> str:
    """Return one row a landed record of the judged loads, with measures in place of its text."""
    return f"""
    select
        load_id,
        source_line,
        hash(title) as title_hash,
        length(title) as title_length,
        {IS_BLANK_TITLE} as has_blank_title,
        {HAS_ODD_CHARACTERS} as has_odd_title,
        coalesce({HAS_ABSTRACT_TEXT}, false) as has_abstract,
        case when has_abstract then hash(abstract) end as abstract_hash,
        case when has_abstract then length(abstract) end as abstract_length,
        hash(title, abstract) as text_hash,
        nullif(trim(published), '') as stated_date,
        {PUBLISHED_ON} as published_on
    from raw.papers
    where load_id in ({scope_sql(load_ids)})
    """


def loads(load_ids: Sequence[str] | None, latest_date: date) -> Profile:
    """Profile each judged load: its manifest row beside what really landed, and its shape.

    Args:
        load_ids: the loads to judge; None for every load that was not refused.
        latest_date: the last day on which a paper may be dated.
    """
    return Profile(
        "loads",
        f"""
with

scope as ({scope_sql(load_ids)}),

manifest as (
    select
        load_id,
        count(*) as manifest_row_count,
        max(source_name) as source_name,
        max(source_file) as source_file,
        sum(read_count)::bigint as read_count,
        sum(landed_count)::bigint as landed_count,
        sum(known_count)::bigint as known_count,
        sum(rejected_count)::bigint as rejected_count
    from raw.loads
    group by load_id
),

records as materialized ({records_sql(load_ids)}),

measures as (
    select
        load_id,
        count(*) as paper_count,
        count(*) filter (where has_blank_title) as blank_title_count,
        count(*) filter (where has_odd_title) as odd_title_count,
        count(*) filter (where has_abstract) as abstract_count,
        count(distinct text_hash) as text_count,
        avg(title_length) as mean_title_length,
        avg(abstract_length) as mean_abstract_length,
        count(stated_date) as stated_date_count,
        count(published_on) as dated_count,
        count(*) filter (where published_on > date '{latest_date}') as future_date_count,
        count(*) filter (where published_on < date '{EARLIEST_DATE}') as early_date_count
    from records
    group by load_id
),

titles as (
    select load_id, max(copies) as top_title_count
    from (select load_id, title_hash, count(*) as copies from records group by all)
    group by load_id
),

abstracts as (
    select load_id, max(copies) as top_abstract_count
    from (
        select load_id, abstract_hash, count(*) as copies
        from records where has_abstract group by all
    )
    group by load_id
),

abstract_lengths as (
    select load_id, max(copies) as top_abstract_length_count
    from (
        select load_id, abstract_length, count(*) as copies
        from records where has_abstract group by all
    )
    group by load_id
),

-- records that landed although an accepted load, or the same one, already holds them
repeated as (
    select load_id, count(*) as repeated_record_count
    from raw.papers
    where
        load_id in (from scope)
        and record_hash in (
            select record_hash from raw.papers
            where
                load_id in (from scope)
                or load_id not in (select load_id from raw.load_verdicts where not is_accepted)
            group by record_hash
            having count(*) > 1
        )
    group by load_id
)

select
    scope.load_id,
    manifest.source_name,
    manifest.source_file,
    coalesce(manifest.manifest_row_count, 0) as manifest_row_count,
    coalesce(manifest.read_count, 0) as read_count,
    coalesce(manifest.landed_count, 0) as landed_count,
    coalesce(manifest.rejected_count, 0) as rejected_count,
    coalesce(manifest.landed_count + manifest.known_count + manifest.rejected_count, 0)
        as accounted_count,
    coalesce(measures.paper_count, 0) as paper_count,
    coalesce(repeated.repeated_record_count, 0) as repeated_record_count,
    coalesce(measures.blank_title_count, 0) as blank_title_count,
    coalesce(measures.future_date_count, 0) as future_date_count,
    coalesce(measures.early_date_count, 0) as early_date_count,
    case when manifest.read_count >= {MIN_READ_TO_JUDGE_REJECTS}
        then manifest.rejected_count / manifest.read_count end as rejected_share,
    case when measures.paper_count >= {MIN_PAPERS_TO_JUDGE}
        then titles.top_title_count / measures.paper_count end as top_title_share,
    case when measures.paper_count >= {MIN_PAPERS_TO_JUDGE}
        then measures.odd_title_count / measures.paper_count end as odd_title_share,
    case when measures.paper_count >= {MIN_PAPERS_TO_JUDGE}
        then 1 - measures.abstract_count / measures.paper_count end as missing_abstract_share,
    case when measures.abstract_count >= {MIN_PAPERS_TO_JUDGE}
        then abstracts.top_abstract_count / measures.abstract_count end as top_abstract_share,
    case when measures.abstract_count >= {MIN_ABSTRACTS_TO_JUDGE_LENGTH}
        then abstract_lengths.top_abstract_length_count / measures.abstract_count
    end as top_abstract_length_share,
    1 - measures.text_count / nullif(measures.paper_count, 0) as duplicate_text_share,
    measures.future_date_count / nullif(measures.dated_count, 0) as future_date_share,
    measures.early_date_count / nullif(measures.dated_count, 0) as early_date_share,
    case when measures.stated_date_count >= {MIN_PAPERS_TO_JUDGE}
        then 1 - measures.dated_count / measures.stated_date_count end as unreadable_date_share,
    case when measures.paper_count >= {MIN_PAPERS_TO_JUDGE}
        then measures.mean_title_length end as mean_title_length,
    case when measures.abstract_count >= {MIN_PAPERS_TO_JUDGE}
        then measures.mean_abstract_length end as mean_abstract_length
from scope
left join manifest on scope.load_id = manifest.load_id
left join measures on scope.load_id = measures.load_id
left join titles on scope.load_id = titles.load_id
left join abstracts on scope.load_id = abstracts.load_id
left join abstract_lengths on scope.load_id = abstract_lengths.load_id
left join repeated on scope.load_id = repeated.load_id
order by scope.load_id
""",
    )
