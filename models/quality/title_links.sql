-- One row two works of one title that share no identifier, joined on the evidence of the title or left apart.

with

pairs as (
    select * from {{ ref('int_works_paired') }}
),

-- one row a work: the paper that it is, and a title to read
works as (

    select
        kept.work_key,
        min(kept.paper_id) as paper_id,
        min(kept.source_name) as source_name,
        year(min(kept.published_on)) as published_year,
        arg_min(staged.title, kept.record_hash) as title
    from {{ ref('int_papers_identified') }} as kept
    inner join {{ ref('stg_raw__papers') }} as staged
        on
            kept.record_hash = staged.record_hash
            and kept.load_id = staged.load_id
    where
        kept.work_key in (select pairs.work_key from pairs)
        or kept.work_key in (select pairs.other_work_key from pairs)
    group by kept.work_key

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
order by pairs.title_key, pairs.work_key, pairs.other_work_key
