-- One row an alias with a number that stays when others come and go; the matching engine hands it back.

with

aliases as (
    select * from {{ ref('vocabulary_aliases') }}
),

entities as (
    select * from {{ ref('vocabulary_entities') }}
)

select
    {{ stable_number("aliases.entity_id || chr(10) || aliases.alias") }} as alias_id,
    aliases.alias,
    aliases.entity_id,
    entities.entity_type,
    aliases.case_rule,
    aliases.ambiguity
from aliases
inner join entities on aliases.entity_id = entities.entity_id
