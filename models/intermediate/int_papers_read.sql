-- One row a paper: what is read in its texts whatever the vocabulary is. A text read before is not read again.

{% set is_kept = is_kept() -%}
with

papers as (
    select * from {{ ref('int_papers_deduplicated') }}
)

select
    papers.paper_id,
    papers.content_hash,
    {{ rules_key() }} as rules_key,
    find_definitions(papers.title, papers.abstract) as definitions,
    find_companies(papers.abstract) as companies
from papers

{%- if is_kept %}

    where
        not exists (
            select 1 from {{ this }} as known
            where known.paper_id = papers.paper_id and known.content_hash = papers.content_hash
        )

    union all

    select
        known.paper_id,
        known.content_hash,
        known.rules_key,
        known.definitions,
        known.companies
    from {{ this }} as known
    where
        exists (
            select 1 from papers
            where papers.paper_id = known.paper_id and papers.content_hash = known.content_hash
        )
{%- endif %}
