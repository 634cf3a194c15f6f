with

pairs as (
    select * from {{ ref('int_works_paired') }}
),

-- one row a work: the paper that it is, and a title to read
works as (

    select
        found.work_key,
        min(found.paper_id) as paper_id,
        min(found.source_name) as source_name,
        year(min(found.published_on)) as published_year,
        arg_min(landed.title, found.record_hash) as title
    from {{ ref('int_papers_identified') }} as found
    inner join {{ ref('stg_raw__papers') }} as landed
        on
            found.record_hash = landed.record_hash
            and found.load_id = landed.load_id
    where
        found.work_key in (select pairs.work_key from pairs)
        or found.work_key in (select pairs.other_work_key from pairs)
    group by found.work_key

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
