-- One row an occurrence of a name-shaped word in an abstract, with what stands around it.

with

papers as (
    select * from {{ ref('int_papers_read') }}
),

found as (

    select
        papers.paper_id,
        unnest(papers.companies) as company
    from papers

)

select
    found.paper_id,
    found.company.start_char,
    found.company.end_char,
    found.company.sentence_start,
    found.company.sentence_end,
    found.company.name,
    {{ entity_slug('found.company.name') }} as name_key,
    found.company.cues,
    found.company.neighbours,
    found.company.traits
from found
