-- One row a type and period: papers that name at least one entity of the type.

with

entity_papers as (
    select * from {{ ref('int_entity_papers') }}
),

entities as (
    select * from {{ ref('dim_entities') }}
),

eligible as (
    {{ eligible_by_period() }}
),

lengths as (
    select unnest(['all', 'year', 'quarter', 'month']) as period
),

type_papers as (
    select
        entities.entity_type,
        entity_papers.paper_id,
        count(*) as entity_count,
        sum(entity_papers.mention_count) as mention_count,
        any_value(entity_papers.has_abstract) as has_abstract,
        any_value(entity_papers.published_on) as published_on,
        any_value(entity_papers.published_precision) as published_precision
    from entity_papers
    inner join entities on entity_papers.entity_id = entities.entity_id
    group by entities.entity_type, entity_papers.paper_id
),

counted as (
    select
        type_papers.entity_type,
        lengths.period,
        {{ period_start('lengths.period', 'type_papers.published_on', 'type_papers.published_precision') }}
            as period_start,
        sum(type_papers.mention_count)::bigint as mention_count,
        count(*) as paper_count,
        count(*) filter (where type_papers.has_abstract) as share_paper_count,
        sum(type_papers.entity_count)::bigint as naming_count
    from type_papers
    cross join lengths
    group by all
)

select
    counted.entity_type,
    counted.period,
    counted.period_start,
    eligible.is_complete,
    counted.mention_count,
    counted.naming_count,
    counted.paper_count,
    counted.share_paper_count,
    eligible.eligible_paper_count,
    counted.share_paper_count::double / nullif(eligible.eligible_paper_count, 0) as paper_share,
    {{ wilson_low('counted.share_paper_count', 'eligible.eligible_paper_count') }} as paper_share_low,
    {{ wilson_high('counted.share_paper_count', 'eligible.eligible_paper_count') }} as paper_share_high
from counted
inner join eligible
    on
        counted.period = eligible.period
        and counted.period_start is not distinct from eligible.period_start
order by counted.entity_type, counted.period, counted.period_start
