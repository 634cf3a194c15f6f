-- One row an entity that has others below it and period: papers that name it or any of those.

with recursive

entities as (
    select * from {{ ref('dim_entities') }}
),

entity_papers as (
    select * from {{ ref('int_entity_papers') }}
),

eligible as (
    {{ eligible_by_period() }}
),

lines as (

    select
        parent_id as entity_id,
        entity_id as member_id
    from entities
    where parent_id is not null

    union all

    select
        entities.parent_id as entity_id,
        lines.member_id
    from lines
    inner join entities on lines.entity_id = entities.entity_id
    where entities.parent_id is not null

),

members as (

    select
        entity_id,
        member_id
    from lines

    union all

    select distinct
        entity_id,
        entity_id as member_id
    from lines

),

lengths as (
    select unnest(['all', 'year', 'quarter', 'month']) as period
),

-- a paper that names two members is one paper
line_papers as (
    select
        members.entity_id,
        entity_papers.paper_id,
        sum(entity_papers.mention_count) as mention_count,
        bool_or(entity_papers.is_introduced) as is_introduced,
        any_value(entity_papers.has_abstract) as has_abstract,
        any_value(entity_papers.published_on) as published_on,
        any_value(entity_papers.published_precision) as published_precision
    from members
    inner join entity_papers on members.member_id = entity_papers.entity_id
    group by members.entity_id, entity_papers.paper_id
),

counted as (
    select
        line_papers.entity_id,
        lengths.period,
        {{ period_start('lengths.period', 'line_papers.published_on', 'line_papers.published_precision') }}
            as period_start,
        {{ paper_measures() }}
    from line_papers
    cross join lengths
    group by all
)

select
    counted.entity_id,
    entities.entity_type,
    counted.period,
    counted.period_start,
    eligible.is_complete,
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
inner join eligible
    on
        counted.period = eligible.period
        and counted.period_start is not distinct from eligible.period_start
order by counted.entity_id, counted.period, counted.period_start
