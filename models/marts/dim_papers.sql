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
