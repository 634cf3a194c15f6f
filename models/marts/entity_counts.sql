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
        {{ paper_measures() }},
        count(*) filter (where published_on is null) as undated_paper_count,
        min(published_on) as first_mentioned_on,
        max(published_on) as last_mentioned_on,
        arg_min(paper_id, (published_on, paper_id)) filter (where published_on is not null) as first_paper_id,
        min(published_on) filter (where not is_introduced) as first_adopted_on
    from entity_papers
    group by entity_id
),

shares as (
    select
        counted.*,
        entities.entity_name,
        entities.entity_type,
        entities.origin,
        eligible.eligible_paper_count,
        {{ paper_shares('counted', 'eligible.eligible_paper_count') }}
    from counted
    inner join entities on counted.entity_id = entities.entity_id
    cross join eligible
),

-- Which places a name may hold: how many intervals lie wholly above its own, and how many do not
-- lie wholly below it. Both are running counts over the sorted ends, so no two names are compared.
interval_ends as (

    select
        entity_id,
        entity_type,
        'low' as interval_end,
        paper_share_low as end_share
    from shares
    where paper_share is not null

    union all

    select
        entity_id,
        entity_type,
        'high' as interval_end,
        paper_share_high as end_share
    from shares
    where paper_share is not null

),

places as (
    select
        entity_id,
        interval_end,
        sum((interval_end = 'low')::bigint) over (
            partition by entity_type
            order by end_share desc, interval_end asc
            rows between unbounded preceding and current row
        ) as lows_above,
        sum((interval_end = 'high')::bigint) over (
            partition by entity_type
            order by end_share desc, interval_end asc
            rows between unbounded preceding and current row
        ) as highs_at_or_above
    from interval_ends
),

places_held as (
    select
        entity_id,
        1 + max(lows_above) filter (where interval_end = 'high')::bigint as share_rank_low,
        max(highs_at_or_above) filter (where interval_end = 'low')::bigint as share_rank_high
    from places
    group by entity_id
)

select
    shares.entity_id,
    shares.entity_name,
    shares.entity_type,
    shares.origin,
    shares.mention_count,
    shares.paper_count,
    shares.introducing_paper_count,
    shares.adopting_paper_count,
    shares.undated_paper_count,
    shares.share_paper_count,
    shares.share_adopting_paper_count,
    shares.eligible_paper_count,
    shares.paper_share,
    shares.paper_share_low,
    shares.paper_share_high,
    shares.adoption_share,
    shares.adoption_share_low,
    shares.adoption_share_high,
    shares.has_support,
    case
        when shares.paper_share is not null
            then rank() over (partition by shares.entity_type order by shares.share_paper_count desc)
    end as share_rank,
    places_held.share_rank_low,
    places_held.share_rank_high,
    shares.first_mentioned_on,
    shares.last_mentioned_on,
    shares.first_paper_id,
    shares.first_adopted_on
from shares
left join places_held on shares.entity_id = places_held.entity_id
order by shares.entity_id
