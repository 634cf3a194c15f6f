with

pairs as (
    select * from {{ ref('int_works_paired') }}
),

-- one row a work: the paper that it is, and a title to read
works as (

    select
        identified.work_key,
        min(identified.paper_id) as paper_id,
        min(identified.source_name) as source_name,
        year(min(identified.published_on)) as published_year,
        arg_min(staged.title, identified.record_hash) as title
    from {{ ref('int_papers_identified') }} as identified
    inner join {{ ref('stg_raw__papers') }} as staged on
        identified.record_hash = staged.record_hash
        and identified.load_id = staged.load_id
    where
        identified.work_key in (select pairs.work_key from pairs)
        or identified.work_key in (select pairs.other_work_key from pairs)
    group by identified.work_key

)

select
    pairs.title_key,
    pairs.work_key,
    pairs.other_work_key,
    one.paper_id,
    other.paper_id as other_paper_id,
    one.title,
    other.title as other_title,
    one.source_name,
    other.source_name as other_source_name,
    one.published_year::integer as stated_year,
    other.published_year::integer as other_stated_year,
    pairs.text_share,
    one.paper_id = other.paper_id as is_joined,
    pairs.link_method,
    case when one.paper_id = other.paper_id then {{ link_score('pairs.link_method') }} end as link_score,
    case
        when one.paper_id = other.paper_id then null
        when pairs.refusal_reason is not null then pairs.refusal_reason
        else 'other_works_contradict'
    end as refusal_reason
from pairs
inner join works as one on pairs.work_key = one.work_key
inner join works as other on pairs.other_work_key = other.work_key
