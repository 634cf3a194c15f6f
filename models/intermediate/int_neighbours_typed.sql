-- One row a paper, name and type: a name of that type stands in a list beside it.

with

names as (
    select * from {{ ref('int_names_found') }}
),

definitions as (
    select * from {{ ref('int_definitions_found') }}
    where entity_type is not null
),

aliases as (
    select
        lower(alias) as alias_folded,
        min(entity_type) as entity_type
    from {{ ref('int_vocabulary_aliases') }}
    where ambiguity = 'safe'
    group by alias_folded
    having count(distinct entity_type) = 1
),

-- "A, B and C" makes B a data set where A is one
listed as (

    select
        names.paper_id,
        names.name,
        names.name_key,
        unnest(names.neighbours) as neighbour
    from names

),

typed as (

    select
        listed.paper_id,
        listed.name,
        listed.name_key,
        aliases.entity_type,
        true as is_listed
    from listed
    inner join aliases on lower(listed.neighbour) = aliases.alias_folded

    union all

    select
        listed.paper_id,
        listed.name,
        listed.name_key,
        definitions.entity_type,
        false as is_listed
    from listed
    inner join definitions
        on
            listed.paper_id = definitions.paper_id
            and listed.neighbour = definitions.name

)

select
    paper_id,
    name,
    name_key,
    entity_type,
    bool_or(is_listed) as is_listed
from typed
group by paper_id, name, name_key, entity_type
