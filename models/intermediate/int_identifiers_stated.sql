-- One row a landed record and identifier that it states.

with

papers as (
    select * from {{ ref('int_papers_normalised') }}
),

stated as (

    select
        record_hash,
        stated_key,
        source_name,
        1 as kind_rank,
        'arxiv' as identifier_kind,
        arxiv_id as identifier
    from papers
    union all
    select
        record_hash,
        stated_key,
        source_name,
        2 as kind_rank,
        'doi' as identifier_kind,
        doi as identifier
    from papers
    union all
    select
        record_hash,
        stated_key,
        source_name,
        3 as kind_rank,
        'acl' as identifier_kind,
        acl_id as identifier
    from papers
    union all
    select
        record_hash,
        stated_key,
        source_name,
        4 as kind_rank,
        'openreview' as identifier_kind,
        openreview_id as identifier
    from papers
    union all
    select
        record_hash,
        stated_key,
        source_name,
        5 as kind_rank,
        'source' as identifier_kind,
        source_name || ':' || source_paper_id as identifier
    from papers

)

select
    record_hash,
    stated_key,
    source_name,
    kind_rank,
    identifier_kind,
    identifier,
    identifier_kind || ':' || identifier as identifier_key
from stated
where identifier is not null
