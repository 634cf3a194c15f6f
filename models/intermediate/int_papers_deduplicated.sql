-- One row a work: the best record of each identity, with the earliest date that any of them states.

with

records as (
    select * from {{ ref('int_papers_identified') }}
),

-- Text stays out of the window: only keys are sorted, and the chosen records are joined back.
ranked as (

    select
        paper_id,
        record_hash,
        row_number() over (
            partition by paper_id
            order by
                abstract is null,
                published_on nulls last,
                source_name,
                record_hash
        ) as preference,
        -- a stated day beats a stated year that contains it
        first_value(published_on) over earliest_first as published_on,
        first_value(published_precision) over earliest_first as published_precision,
        min(loaded_at) over (partition by paper_id) as first_loaded_at,
        count(*) over (partition by paper_id) as record_count
    from records
    window earliest_first as (
        partition by paper_id
        order by
            year(published_on) nulls last,
            case published_precision when 'day' then 1 when 'month' then 2 else 3 end,
            published_on
    )

),

preferred as (
    select * from ranked
    where preference = 1
)

select
    preferred.paper_id,
    records.title,
    records.abstract,
    preferred.published_on,
    preferred.published_precision,
    records.venue,
    records.url,
    records.source_name,
    preferred.record_count,
    preferred.first_loaded_at,
    md5(records.title || chr(10) || coalesce(records.abstract, '')) as content_hash
from preferred
inner join records on preferred.record_hash = records.record_hash
