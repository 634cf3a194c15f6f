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
        raw.iso_date(published) as published_iso,
        raw.first_day(published_iso) as published_on,
        case
            when published_on is null then null
            when length(published_iso) = 4 then 'year'
            when length(published_iso) = 7 then 'month'
            else 'day'
        end as published_precision,
        published_kind,
        updated as updated_text,
        raw.first_day(raw.iso_date(updated)) as updated_on,

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
    published_iso,
    published_on,
    published_precision,
    published_kind,
    updated_text,
    updated_on,
    source_name,
    source_file,
    source_sha256,
    source_line,
    loaded_at,
    upvotes
from renamed
