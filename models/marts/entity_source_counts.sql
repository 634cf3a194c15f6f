-- One row an entity and source whose papers name it.

with

entity_papers as (
    select * from {{ ref('int_entity_papers') }}
),

entities as (
    select * from {{ ref('dim_entities') }}
),

papers as (
    select * from {{ ref('dim_papers') }}
),

eligible as (
    select
        source_name,
        count(*) filter (where has_abstract) as eligible_paper_count
    from papers
    group by source_name
),

counted as (
    select
        entity_id,
        source_name,
        {{ paper_measures() }}
    from entity_papers
    group by entity_id, source_name
)

select
    counted.entity_id,
    entities.entity_type,
    counted.source_name,
    counted.mention_count,
    counted.paper_count,
    counted.introducing_paper_count,
    counted.adopting_paper_count,
    counted.share_paper_count,
    counted.share_adopting_paper_count,
    eligible.eligible_paper_count,
    {{ paper_shares('counted', 'eligible.eligible_paper_count') }}
from counted
inner join entities on counted.entity_id = entities.entity_id
inner join eligible on counted.source_name = eligible.source_name
order by counted.entity_id, counted.source_name
