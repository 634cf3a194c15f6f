-- One row an entity and paper that names it, narrow and in the order in which pages ask for it.

with

entity_papers as (
    select * from {{ ref('int_entity_papers') }}
),

entities as (
    select * from {{ ref('dim_entities') }}
)

select
    entity_papers.entity_id,
    entities.entity_type,
    entities.origin,
    entity_papers.paper_id,
    entity_papers.source_name,
    entity_papers.published_on,
    {{ published_period('entity_papers.published_on', 'entity_papers.published_precision', 'month') }}
        as published_month,
    {{ published_period('entity_papers.published_on', 'entity_papers.published_precision', 'quarter') }}
        as published_quarter,
    {{ published_period('entity_papers.published_on', 'entity_papers.published_precision', 'year') }}
        as published_year,
    entity_papers.has_abstract,
    entity_papers.is_introduced,
    entity_papers.mention_count,
    entity_papers.title_mention_count
from entity_papers
inner join entities on entity_papers.entity_id = entities.entity_id
order by entity_papers.entity_id, entity_papers.published_on, entity_papers.paper_id
