-- One row an occurrence of a name that its own paper defines: proposes, describes or abbreviates.

with

papers as (
    select * from {{ ref('int_papers_read') }}
),

found as (

    select
        papers.paper_id,
        unnest(papers.definitions) as definition
    from papers

)

select
    found.paper_id,
    found.definition.section,
    found.definition.start_char,
    found.definition.end_char,
    found.definition.sentence_start,
    found.definition.sentence_end,
    found.definition.surface,
    found.definition.name,
    found.definition.entity_type,
    found.definition.rule,
    found.definition.is_long_form,
    found.definition.traits
from found
