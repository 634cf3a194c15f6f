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
),

plain_words as (
    select name_key
    from spellings
    where regexp_full_match(alias, '[A-Z]?[a-z]+([ -][A-Z]?[a-z]+)*')
)

select
    {{ stable_number("scored.name_key || chr(10) || spellings.alias") }} as alias_id,
    spellings.alias,
    scored.name_key,
    scored.entity_type || ':' || scored.name_key as entity_id,
    scored.entity_type,
    'sensitive' as case_rule,
    case
        -- a few letters mean many things
        when regexp_full_match(spellings.alias, '[A-Za-z]{2,4}|[A-Z]{1,2}[0-9]') then 'needs_context'
        else 'safe'
    end as ambiguity,
    spellings.paper_count
from scored
inner join spellings on scored.name_key = spellings.name_key
where
    -- plain words and phrases with capitals are titles, tasks and parts as often as names: they wait
    -- for review, and so does what is also written like one ("SamplInG" beside "Sampling")
    scored.name_key not in (select plain_words.name_key from plain_words)
    -- a name with a size at its end is a model
    and (scored.entity_type = 'model' or not regexp_matches(spellings.alias, '[-_ ][0-9.]+[BM]$'))
