-- One row an entity that can be counted, named so far or not.

with recursive

vocabulary_entities as (
    select * from {{ ref('vocabulary_entities') }}
),

discovered_entities as (
    select * from {{ ref('int_entities_discovered') }}
),

entities as (

    select
        entity_id,
        entity_name,
        entity_type,
        parent_id,
        introduced_year,
        'vocabulary' as origin
    from vocabulary_entities

    union all

    select
        entity_id,
        entity_name,
        entity_type,
        parent_id,
        null as introduced_year,
        'discovered' as origin
    from discovered_entities

),

entity_papers as (
    select * from {{ ref('int_entity_papers') }}
),

-- each entity with the one at the top of its line; an entity without a parent is its own family
families as (

    select
        entity_id,
        entity_id as family_id
    from entities
    where parent_id is null

    union all

    select
        entities.entity_id,
        families.family_id
    from entities
    inner join families on entities.parent_id = families.entity_id

),

named as (

    select
        entity_id,
        min(published_on) as first_mentioned_on,
        arg_min(paper_id, (published_on is null, published_on, paper_id)) filter (where is_introduced)
            as introduced_by_paper_id
    from entity_papers
    group by entity_id

)

select
    entities.entity_id,
    entities.entity_name,
    entities.entity_type,
    entities.parent_id,
    families.family_id,
    entities.origin,
    entities.introduced_year,
    named.first_mentioned_on,
    named.introduced_by_paper_id
from entities
inner join families on entities.entity_id = families.entity_id
left join named on entities.entity_id = named.entity_id
order by entities.entity_id
