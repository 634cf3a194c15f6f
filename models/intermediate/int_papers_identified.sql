-- One row a landed record of an accepted load, under the best identity that the record itself states.

with

papers as (
    select * from {{ ref('stg_raw__papers') }}
),

refused_loads as (
    select * from {{ ref('stg_raw__load_verdicts') }}
    where not is_accepted
),

accepted as (
    select papers.*
    from papers
    where papers.load_id not in (select refused_loads.load_id from refused_loads)
),

identifiers as (

    select
        *,
        lower({{ arxiv_id('source_paper_id', 'url') }}) as arxiv_id,
        lower(coalesce(
            nullif(regexp_extract(source_paper_id, '^(?:doi:)?(10\.\d{4,9}/\S+)$', 1, 'i'), ''),
            nullif(regexp_extract(url, 'doi\.org/(10\.\d{4,9}/[^\s?#]+)', 1, 'i'), '')
        )) as doi,
        coalesce(
            nullif(regexp_extract(url, 'aclanthology\.org/([A-Za-z0-9_.-]+?\d)(?:\.pdf|/)?$', 1), ''),
            nullif(
                regexp_extract(
                    source_paper_id, '^(?:acl:)?(\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+|[A-Z]\d{2}-\d{4})$', 1
                ),
                ''
            )
        ) as acl_id,
        nullif(regexp_extract(url, 'openreview\.net/(?:forum|pdf)\?id=([A-Za-z0-9_-]+)', 1), '') as openreview_id,
        -- letters and digits of any script only, so that case and punctuation do not part a work
        md5(regexp_replace(lower(nfc_normalize(title)), '[^\p{L}\p{N}]+', '', 'g')) as title_hash
    from accepted

)

select
    case
        when arxiv_id is not null then 'arxiv:' || arxiv_id
        when doi is not null then 'doi:' || doi
        when acl_id is not null then 'acl:' || acl_id
        when openreview_id is not null then 'openreview:' || openreview_id
        when source_paper_id is not null then source_name || ':' || source_paper_id
        -- a title alone may be shared by different works, so it serves only where nothing else is known
        else 'title:' || title_hash
    end as paper_id,
    record_hash,
    load_id,
    title,
    abstract,
    published_on,
    published_precision,
    venue,
    url,
    source_name,
    source_paper_id,
    upvotes,
    loaded_at
from identifiers
