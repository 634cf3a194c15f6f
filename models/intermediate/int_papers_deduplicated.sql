-- One row a work: its newest text and its earliest date.

with

chosen as (
    select * from {{ ref('int_papers_chosen') }}
),

texts as (
    select * from {{ ref('stg_raw__papers') }}
)

select
    chosen.paper_id,
    texts.title,
    texts.abstract,
    chosen.authors,
    chosen.published_on,
    chosen.published_precision,
    chosen.published_kind,
    chosen.venue,
    chosen.url,
    (chosen.text_origin).source_name as source_name,
    chosen.record_count,
    chosen.first_loaded_at,
    md5(texts.title || chr(10) || coalesce(texts.abstract, '')) as content_hash
from chosen
inner join texts on
    chosen.text_record.record_hash = texts.record_hash
    and chosen.text_record.load_id = texts.load_id
