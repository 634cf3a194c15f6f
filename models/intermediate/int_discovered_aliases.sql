-- One row a spelling of a name that its company shows surely enough, numbered for the engine.

with

scored as (
    select * from {{ ref('int_names_scored') }}
    where score >= {{ var('discovery_threshold') }} and not is_homonym
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
        -- a plain word with a capital may begin any sentence
        when regexp_full_match(spellings.alias, '[A-Z][a-z]+') then 'never_alone'
        -- short capitals mean many things
        when regexp_full_match(spellings.alias, '[A-Z]{2,4}') then 'needs_context'
        else 'safe'
    end as ambiguity,
    spellings.paper_count
from scored
inner join spellings on scored.name_key = spellings.name_key
-- capitalised phrases are data sets more often than not, and else titles, laws and tasks: these wait
-- for review
where
    scored.entity_type = 'dataset'
    or not regexp_full_match(spellings.alias, '[A-Z][a-z]+([ -][A-Za-z][a-z]+)+')
