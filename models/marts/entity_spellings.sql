-- One row an entity and spelling: what the vocabulary lists and what the papers write.

with

aliases as (
    select * from {{ ref('int_vocabulary_aliases') }}
),

mentions as (
    select * from {{ ref('fct_mentions') }}
),

listed as (
    select
        entity_id,
        alias as spelling
    from aliases
),

seen as (
    select
        entity_id,
        surface as spelling,
        count(*) as mention_count,
        count(distinct paper_id) as paper_count
    from mentions
    group by entity_id, surface
)

select
    coalesce(seen.entity_id, listed.entity_id) as entity_id,
    coalesce(seen.spelling, listed.spelling) as spelling,
    listed.spelling is not null as is_listed,
    coalesce(seen.mention_count, 0) as mention_count,
    coalesce(seen.paper_count, 0) as paper_count
from listed
full outer join seen
    on
        listed.entity_id = seen.entity_id
        and listed.spelling = seen.spelling
