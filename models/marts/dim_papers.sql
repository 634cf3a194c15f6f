-- One row a work, the newest first: readers ask for the newest, and find their texts side by side.

with

papers as (
    select * from {{ ref('int_papers_deduplicated') }}
)

select
    paper_id,
    title,
    abstract,
    authors,
    published_on,
    published_precision,
    published_kind,
    venue,
    url,
    source_name,
    record_count,
    abstract is not null as has_abstract,
    first_loaded_at,
    content_hash
from papers
order by published_on desc nulls last, paper_id asc
