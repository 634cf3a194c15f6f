-- One row a work: which of its records gives which of its cells. No choice depends on the order of ingest.

with

identified as (
    select * from {{ ref('int_papers_identified') }}
),

staged as (
    select * from {{ ref('stg_raw__papers') }}
),

records as (

    select
        identified.*,
        staged.venue,
        staged.url,
        staged.authors,
        staged.published_text,
        {{ digits_of_record('identified.record_hash') }} as record_id,
        raw.last_day(identified.published_on, identified.published_precision) as published_by,
        -- a day on a page of papers says nothing of the text
        coalesce(
            identified.updated_on,
            case when identified.published_kind is distinct from 'listed' then published_by end
        ) as text_on,
        -- the best text has an abstract, and of those it is the newest
        row(
            not identified.has_abstract,
            -coalesce(epoch(text_on), -1e15),
            -coalesce(identified.text_version, 0),
            identified.source_name,
            identified.record_hash
        ) as text_order,
        -- the earliest date is the one that is over first; of those the finer. A listing is no publication.
        row(
            identified.published_kind is not distinct from 'listed',
            published_by,
            -epoch(identified.published_on),
            case identified.published_kind when 'submitted' then 1 when 'proceedings' then 2 else 3 end,
            identified.source_name,
            identified.record_hash
        ) as date_order
    from identified
    inner join staged on
        identified.record_hash = staged.record_hash
        and identified.load_id = staged.load_id

),

cells as (

    select
        *,
        struct_pack(record_id := record_id, source_name := source_name, source_paper_id := source_paper_id) as origin
    from records

)

select
    paper_id,
    count(*) as record_count,
    count(distinct source_name) as source_count,
    min(loaded_at) as first_loaded_at,
    arg_min(struct_pack(record_hash := record_hash, load_id := load_id), text_order) as text_record,
    arg_min(origin, text_order) as text_origin,
    arg_min(text_on, text_order) as text_on,
    arg_min(published_on, date_order) filter (where published_on is not null) as published_on,
    arg_min(published_precision, date_order) filter (where published_on is not null) as published_precision,
    arg_min_null(published_kind, date_order) filter (where published_on is not null) as published_kind,
    arg_min(published_text, date_order) filter (where published_on is not null) as published_text,
    arg_min(origin, date_order) filter (where published_on is not null) as published_origin,
    arg_min(authors, text_order) filter (where authors is not null) as authors,
    arg_min(origin, text_order) filter (where authors is not null) as authors_origin,
    arg_min(venue, text_order) filter (where venue is not null) as venue,
    arg_min(origin, text_order) filter (where venue is not null) as venue_origin,
    arg_min(url, text_order) filter (where url is not null) as url,
    arg_min(origin, text_order) filter (where url is not null) as url_origin
from cells
group by paper_id
