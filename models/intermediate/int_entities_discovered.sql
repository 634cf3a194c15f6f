-- One row an entity that no vocabulary lists, under its commonest spelling.

with

mentions as (
    select * from {{ ref('int_mentions_resolved') }}
    where match_method in ('definition', 'context', 'discovered')
),

entities as (
    select * from {{ ref('vocabulary_entities') }}
),

named as (
    select
        mentions.entity_id,
        mentions.entity_type,
        mentions.alias as entity_name,
        count(distinct mentions.paper_id) as paper_count
    from mentions
    where mentions.entity_id not in (select entities.entity_id from entities)
    group by mentions.entity_id, mentions.entity_type, mentions.alias
)

select
    entity_id,
    entity_type,
    entity_name
from named
qualify row_number() over (partition by entity_id order by paper_count desc, entity_name asc) = 1
