-- One row a name and cue: in how many papers the cue was seen with the name.

with

names as (
    select * from {{ ref('int_names_found') }}
),

definitions as (
    select * from {{ ref('int_definitions_found') }}
),

neighbours as (
    select * from {{ ref('int_neighbours_typed') }}
    where is_listed
),

shown as (

    select
        names.paper_id,
        names.name_key,
        unnest(names.cues) as cue
    from names

    union all

    select
        names.paper_id,
        names.name_key,
        'seen' as cue
    from names

    union all

    select
        names.paper_id,
        names.name_key,
        case
            when regexp_full_match(names.name, '[A-Z]{2,5}') then 'shape_capitals'
            when contains(names.name, ' ') then 'shape_words'
            when regexp_matches(names.name, '[0-9]') then 'shape_number'
            else 'shape_mixed'
        end as cue
    from names

    union all

    select
        neighbours.paper_id,
        neighbours.name_key,
        'near_' || neighbours.entity_type as cue
    from neighbours

    union all

    -- what papers that define the name call it
    select
        definitions.paper_id,
        {{ entity_slug('definitions.name') }} as name_key,
        case
            when definitions.rule = 'abbreviation' then 'abbreviated'
            when definitions.rule = 'context' then 'context_' || definitions.entity_type
            else 'defined_' || coalesce(definitions.entity_type, 'untyped')
        end as cue
    from definitions
    where definitions.rule not in ('refused', 'task')

)

select
    name_key,
    cue,
    count(distinct paper_id) as paper_count
from shown
where name_key <> ''
group by name_key, cue
