-- One row an entity and spelling: what the vocabulary lists, what the papers write, its name.

with

aliases as (
    select * from {{ ref('int_vocabulary_aliases') }}
),

mentions as (
    select * from {{ ref('fct_mentions') }}
),

entities as (
    select * from {{ ref('dim_entities') }}
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
),

spelled as (
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
),

-- What the field calls it, where nothing spells it so: it can be searched for nevertheless.
named as (
    select
        entities.entity_id,
        entities.entity_name as spelling,
        false as is_listed,
        0 as mention_count,
        0 as paper_count
    from entities
    left join spelled
        on
            entities.entity_id = spelled.entity_id
            and entities.entity_name = spelled.spelling
    where spelled.entity_id is null
),

together as (
    select * from spelled
    union all
    select * from named
)

select
    entity_id,
    spelling,
    {{ spelling_key('spelling') }} as spelling_key,
    is_listed,
    mention_count,
    paper_count
from together
order by spelling_key, entity_id, spelling
