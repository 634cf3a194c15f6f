-- One row a landed record. Refused loads are still here; int_papers_identified leaves them out.

with

source as (
    select * from {{ source('raw', 'papers') }}
),

renamed as (

    select
        -- ids
        record_hash,
        load_id,
        source_paper_id,
        arxiv_id as stated_arxiv_id,
        doi as stated_doi,
        acl_id as stated_acl_id,
        openreview_id as stated_openreview_id,

        -- text, verbatim
        title,
        abstract,
        authors,
        venue,
        url,

        -- when: an unreadable date is null, never guessed; the text stays beside it
        published as published_text,
        case
            when regexp_full_match(published, '\d{4}') then 'year'
            when regexp_full_match(published, '\d{4}-\d{2}') then 'month'
            when regexp_full_match(published, '\d{4}-\d{2}-\d{2}([T ].*)?') then 'day'
        end as stated_precision,
        try_cast(
            case stated_precision
                when 'year' then published || '-01-01'
                when 'month' then published || '-01'
                when 'day' then left(published, 10)
            end as date
        ) as published_on,
        case when published_on is not null then stated_precision end as published_precision,
        published_kind,
        updated as updated_text,

        -- provenance
        source_name,
        source_file,
        source_sha256,
        source_line,
        loaded_at,

        -- numerics
        upvotes

    from source

)

select
    record_hash,
    load_id,
    source_paper_id,
    stated_arxiv_id,
    stated_doi,
    stated_acl_id,
    stated_openreview_id,
    title,
    abstract,
    authors,
    venue,
    url,
    published_text,
    published_on,
    published_precision,
    published_kind,
    updated_text,
    source_name,
    source_file,
    source_sha256,
    source_line,
    loaded_at,
    upvotes
from renamed
