-- One row a work, with the record that gives each of its cells.

with

chosen as (
    select * from {{ ref('int_papers_chosen') }}
)

select
    chosen.paper_id,
    chosen.source_count,
    text_origin.record_id as text_record_id,
    text_origin.source_name as text_source_name,
    text_origin.source_paper_id as text_source_paper_id,
    chosen.text_on,
    published_origin.record_id as published_record_id,
    published_origin.source_name as published_source_name,
    chosen.published_text,
    authors_origin.record_id as authors_record_id,
    authors_origin.source_name as authors_source_name,
    venue_origin.record_id as venue_record_id,
    venue_origin.source_name as venue_source_name,
    url_origin.record_id as url_record_id,
    url_origin.source_name as url_source_name
from chosen
order by chosen.paper_id
