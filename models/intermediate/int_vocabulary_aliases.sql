-- One row an alias, numbered; the number is what the matching engine hands back.

with

aliases as (
    select * from {{ ref('vocabulary_aliases') }}
),

entities as (
    select * from {{ ref('vocabulary_entities') }}
)

select
    row_number() over (order by aliases.entity_id, aliases.alias)::integer as alias_id,
    aliases.alias,
    aliases.entity_id,
    entities.entity_type,
    aliases.case_rule,
    aliases.ambiguity
from aliases
inner join entities on aliases.entity_id = entities.entity_id
