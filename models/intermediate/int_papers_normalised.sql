-- One row a landed record of an accepted load: its identifiers in one spelling, and what its title can be joined by.

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

identified as (

    select
        record_hash,
        load_id,
        source_name,
        source_paper_id,
        coalesce(
            {{ arxiv_id('stated_arxiv_id', 'stated_arxiv_id') }},
            {{ arxiv_id('stated_doi', 'stated_doi') }},
            {{ arxiv_id('source_paper_id', 'url') }}
        ) as arxiv_id,
        coalesce({{ doi('stated_doi', 'stated_doi') }}, {{ doi('source_paper_id', 'url') }}) as any_doi,
        case when any_doi not like '10.48550/arxiv.%' then any_doi end as doi,
        coalesce(
            {{ acl_id('stated_acl_id', 'stated_acl_id') }},
            {{ acl_id('source_paper_id', 'url') }},
            {{ acl_id('doi', 'null::varchar') }}
        ) as acl_id,
        coalesce(
            nullif(trim(stated_openreview_id), ''),
            nullif(regexp_extract(url, 'openreview\.net/(?:forum|pdf)\?id=([A-Za-z0-9_-]+)', 1), '')
        ) as openreview_id,
        {{ title_key('title') }} as title_key,
        md5(coalesce(title_key, title)) as title_hash,
        -- the first author's names in the order of "Given Family"
        strip_accents(lower(trim(split_part(authors, ';', 1)))) as first_author,
        regexp_extract_all(
            case
                when first_author like '%,%'
                    then split_part(first_author, ',', 2) || ' ' || split_part(first_author, ',', 1)
                else first_author
            end,
            '[\p{L}]{2,}'
        ) as author_names,
        list_filter(author_names, lambda name: name not in ('jr', 'ii', 'iii')) as author_words,
        author_words[-1] as author_key,
        -- an arXiv identifier tells its year; it is evidence here and no date
        coalesce(
            year(published_on),
            2000 + try_cast(regexp_extract(arxiv_id, '^(\d{2})\d{2}\.', 1) as integer)
        )::integer as evidence_year,
        case when abstract is not null then md5(abstract) end as abstract_hash,
        published_on,
        published_precision,
        published_kind,
        updated_on,
        try_cast(regexp_extract(coalesce(stated_arxiv_id, source_paper_id, url), 'v(\d+)\s*$', 1) as integer)
            as text_version,
        upvotes,
        loaded_at
    from accepted

)

select
    record_hash,
    case
        when arxiv_id is not null then 'arxiv:' || arxiv_id
        when doi is not null then 'doi:' || doi
        when acl_id is not null then 'acl:' || acl_id
        when openreview_id is not null then 'openreview:' || openreview_id
        when source_paper_id is not null then 'source:' || source_name || ':' || source_paper_id
        -- no identifier at all: records with one title and one abstract are one work
        when abstract_hash is not null then 'text:' || title_hash || abstract_hash
        else 'record:' || {{ digits_of_record('record_hash') }}
    end as stated_key,
    load_id,
    source_name,
    source_paper_id,
    arxiv_id,
    doi,
    acl_id,
    openreview_id,
    title_key,
    title_hash,
    author_words,
    author_key,
    evidence_year,
    abstract_hash is not null as has_abstract,
    published_on,
    published_precision,
    published_kind,
    updated_on,
    text_version,
    upvotes,
    loaded_at
from identified
