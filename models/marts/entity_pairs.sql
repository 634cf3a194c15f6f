-- One row an entity and another one that papers name together, in both directions.

with

entity_papers as (
    select * from {{ ref('entity_papers') }}
    where has_abstract
),

entities as (
    select * from {{ ref('dim_entities') }}
),

counts as (
    select * from {{ ref('entity_counts') }}
),

-- Pairs grow with the square of the names in a paper, so a paper has to name a bounded number.
-- A name of one paper cannot be in a pair of two.
pairable as (
    select
        entity_papers.paper_id,
        entity_papers.entity_id
    from entity_papers
    inner join counts on entity_papers.entity_id = counts.entity_id
    where counts.share_paper_count >= 2
    qualify count(*) over (partition by entity_papers.paper_id) <= 50
),

paired as (
    select
        pairable.entity_id as lower_id,
        partners.entity_id as higher_id,
        count(*) as pair_paper_count
    from pairable
    inner join pairable as partners
        on
            pairable.paper_id = partners.paper_id
            and pairable.entity_id < partners.entity_id
    group by pairable.entity_id, partners.entity_id
    having count(*) >= 2
),

directed as (

    select
        lower_id as entity_id,
        higher_id as other_entity_id,
        pair_paper_count
    from paired

    union all

    select
        higher_id as entity_id,
        lower_id as other_entity_id,
        pair_paper_count
    from paired

)

select
    directed.entity_id,
    counts.entity_type,
    directed.other_entity_id,
    other_counts.entity_type as other_entity_type,
    directed.pair_paper_count,
    counts.share_paper_count,
    other_counts.share_paper_count as other_share_paper_count,
    counts.eligible_paper_count,
    directed.pair_paper_count::double / counts.share_paper_count as pair_share,
    {{ wilson_low('directed.pair_paper_count', 'counts.share_paper_count') }} as pair_share_low,
    {{ wilson_high('directed.pair_paper_count', 'counts.share_paper_count') }} as pair_share_high,
    directed.pair_paper_count::double * counts.eligible_paper_count
    / (counts.share_paper_count * other_counts.share_paper_count) as lift,
    case
        when directed.pair_paper_count = counts.eligible_paper_count then 1.0
        else
            ln(
                directed.pair_paper_count::double * counts.eligible_paper_count
                / (counts.share_paper_count * other_counts.share_paper_count)
            )
            / -ln(directed.pair_paper_count::double / counts.eligible_paper_count)
    end as npmi,
    entities.family_id = other_entities.family_id as is_same_family,
    directed.pair_paper_count >= {{ minimum_support() }} as has_support
from directed
inner join counts on directed.entity_id = counts.entity_id
inner join counts as other_counts on directed.other_entity_id = other_counts.entity_id
inner join entities on directed.entity_id = entities.entity_id
inner join entities as other_entities on directed.other_entity_id = other_entities.entity_id
order by directed.entity_id, directed.other_entity_id
