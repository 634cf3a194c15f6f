-- One row an entity that is named at least once, over all papers.

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
    select count(*) filter (where has_abstract) as eligible_paper_count
    from papers
),

counted as (
    select
        entity_id,
        sum(mention_count)::bigint as mention_count,
        count(*) as paper_count,
        count(*) filter (where is_introduced) as introducing_paper_count,
        count(*) filter (where has_abstract) as share_paper_count,
        count(*) filter (where published_on is null) as undated_paper_count,
        min(published_on) as first_mentioned_on,
        max(published_on) as last_mentioned_on
    from entity_papers
    group by entity_id
)

select
    counted.entity_id,
    entities.entity_name,
    entities.entity_type,
    counted.mention_count,
    counted.paper_count,
    counted.introducing_paper_count,
    counted.undated_paper_count,
    counted.share_paper_count,
    eligible.eligible_paper_count,
    counted.share_paper_count::double / nullif(eligible.eligible_paper_count, 0) as paper_share,
    {{ wilson_low('counted.share_paper_count', 'eligible.eligible_paper_count') }} as paper_share_low,
    {{ wilson_high('counted.share_paper_count', 'eligible.eligible_paper_count') }} as paper_share_high,
    counted.first_mentioned_on,
    counted.last_mentioned_on
from counted
inner join entities on counted.entity_id = entities.entity_id
cross join eligible
