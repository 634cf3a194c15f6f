"""The profile of the mentions: one row an entity type."""

from typing import Final

from expectations.profiles import Profile
from expectations.thresholds import MIN_PAPERS_TO_EXPECT_ALL_TYPES

ENTITY_TYPES: Final = ("model", "dataset", "metric", "method")

JUDGED_MENTIONS: Final = """
select
    mentions.mention_id,
    mentions.paper_id,
    mentions.entity_id,
    mentions.entity_type,
    entities.entity_type as listed_type,
    mentions.section,
    mentions.start_char,
    mentions.end_char,
    mentions.surface,
    mentions.sentence_start,
    mentions.sentence_end,
    mentions.confidence,
    case mentions.section when 'title' then papers.title when 'abstract' then papers.abstract end
        as section_text,
    case when mentions.start_char >= 0
        then substring(
            section_text, mentions.start_char + 1, mentions.end_char - mentions.start_char
        )
    end as text_there,
    papers.paper_id is null as lacks_paper,
    entities.entity_id is null as lacks_entity,
    coalesce(entities.entity_type <> mentions.entity_type, false) as has_other_type,
    -- of a mention without its paper nothing more can be said
    papers.paper_id is not null and text_there is distinct from mentions.surface as has_moved,
    papers.paper_id is not null and not coalesce(
        mentions.sentence_start between 0 and mentions.start_char
        and mentions.start_char < mentions.end_char
        and mentions.end_char <= mentions.sentence_end
        and mentions.sentence_end <= length(section_text), false
    ) as leaves_sentence,
    not coalesce(mentions.confidence > 0 and mentions.confidence <= 1, false) as has_odd_confidence
from marts.fct_mentions as mentions
left join marts.dim_papers as papers on mentions.paper_id = papers.paper_id
left join marts.dim_entities as entities on mentions.entity_id = entities.entity_id
"""

# Only keys and offsets go through the window, never text.
OVERLAPPING_MENTIONS: Final = """
select mention_id, paper_id, section, start_char, end_char, entity_id, entity_type, earlier_end_char
from (
    select
        mention_id, paper_id, section, start_char, end_char, entity_id, entity_type,
        max(end_char) over (
            partition by paper_id, section
            order by start_char, end_char, mention_id
            rows between unbounded preceding and 1 preceding
        ) as earlier_end_char
    from marts.fct_mentions
)
where earlier_end_char > start_char
"""


def entity_types() -> Profile:
    """Profile each entity type: its mentions, and how many of them break each rule of a mention.

    The four types are always there; a fifth shows up where a mention has one.
    """
    listed = ", ".join(f"('{name}')" for name in ENTITY_TYPES)
    return Profile(
        "entity_types",
        f"""
with

judged as (
    select
        coalesce(entity_type, 'none') as entity_type,
        count(*) as mention_count,
        count(*) filter (where lacks_paper) as lacking_paper_count,
        count(*) filter (where lacks_entity) as lacking_entity_count,
        count(*) filter (where has_other_type) as other_type_count,
        count(*) filter (where has_moved) as moved_count,
        count(*) filter (where leaves_sentence) as leaving_sentence_count,
        count(*) filter (where has_odd_confidence) as odd_confidence_count
    from ({JUDGED_MENTIONS})
    group by all
),

overlapping as (
    select coalesce(entity_type, 'none') as entity_type, count(*) as overlapping_count
    from ({OVERLAPPING_MENTIONS})
    group by all
),

types as (
    from (values {listed}) as listed (entity_type)
    union
    select entity_type from judged
)

select
    types.entity_type,
    coalesce(judged.mention_count, 0) as mention_count,
    case when (select count(*) from marts.dim_papers) >= {MIN_PAPERS_TO_EXPECT_ALL_TYPES}
        then coalesce(judged.mention_count, 0) end as expected_mention_count,
    coalesce(judged.lacking_paper_count, 0) as lacking_paper_count,
    coalesce(judged.lacking_entity_count, 0) as lacking_entity_count,
    coalesce(judged.other_type_count, 0) as other_type_count,
    coalesce(judged.moved_count, 0) as moved_count,
    coalesce(judged.leaving_sentence_count, 0) as leaving_sentence_count,
    coalesce(judged.odd_confidence_count, 0) as odd_confidence_count,
    coalesce(overlapping.overlapping_count, 0) as overlapping_count
from types
left join judged on types.entity_type = judged.entity_type
left join overlapping on types.entity_type = overlapping.entity_type
order by types.entity_type
""",
    )
