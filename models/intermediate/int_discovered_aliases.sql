-- One row a spelling of a name that its company shows surely enough, numbered for the engine.

with

scored as (
    select * from {{ ref('int_names_scored') }}
    where score >= {{ var('discovery_threshold') }}
),

names as (
    select * from {{ ref('int_names_found') }}
),

spellings as (
    select
        name_key,
        name as alias,  -- noqa: RF04
        count(distinct paper_id) as paper_count
    from names
    group by name_key, name
)

select
    row_number() over (order by scored.name_key, spellings.alias)::integer as alias_id,
    spellings.alias,
    scored.name_key,
    scored.entity_type || ':' || scored.name_key as entity_id,
    scored.entity_type,
    'sensitive' as case_rule,
    case
        -- short capitals mean many things, and so does what papers spell out in many ways
        when scored.long_form_count > 1 or scored.defining_paper_count > 2 then 'needs_context'
        when regexp_full_match(spellings.alias, '[A-Z]{2,4}') and scored.paper_count > 1 then 'needs_context'
        else 'safe'
    end as ambiguity,
    spellings.paper_count
from scored
inner join spellings on scored.name_key = spellings.name_key
