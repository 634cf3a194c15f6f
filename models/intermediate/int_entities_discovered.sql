-- One row an entity that only papers' own definitions name, under its commonest spelling.

with

definitions as (
    select * from {{ ref('int_definitions_resolved') }}
),

mentions as (
    select * from {{ ref('int_mentions_resolved') }}
    where match_method in ('definition', 'context')
),

entities as (
    select * from {{ ref('vocabulary_entities') }}
),

named as (
    select
        definitions.entity_id,
        definitions.entity_type,
        definitions.name,
        count(distinct definitions.paper_id) as paper_count
    from definitions
    where
        definitions.entity_id in (select mentions.entity_id from mentions)
        and definitions.entity_id not in (select entities.entity_id from entities)
    group by definitions.entity_id, definitions.entity_type, definitions.name
)

select
    entity_id,
    entity_type,
    name as entity_name
from named
qualify row_number() over (partition by entity_id order by paper_count desc, name asc) = 1
