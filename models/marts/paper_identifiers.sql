-- One row a work, identifier and source that states it: the crosswalk between identifiers.

with

identifiers as (
    select * from {{ ref('int_identifiers_stated') }}
),

papers as (
    select * from {{ ref('int_papers_identified') }}
)

select
    papers.paper_id,
    identifiers.identifier_kind,
    identifiers.identifier,
    identifiers.source_name,
    count(*) as record_count,
    -- of several records, the one that is linked best
    arg_min(
        case when papers.is_contested then 'contested' else papers.link_method end,
        ({{ link_score('papers.link_method') }} * -1, papers.is_contested, papers.link_method)
    ) as link_method,
    max({{ link_score('papers.link_method') }}) as link_score
from identifiers
inner join papers on identifiers.record_hash = papers.record_hash
group by papers.paper_id, identifiers.identifier_kind, identifiers.identifier, identifiers.source_name
order by papers.paper_id, identifiers.identifier_kind, identifiers.identifier, identifiers.source_name
