-- One row an alias found in a paper, ambiguous ones included; nothing is decided here.
-- Phrases that only hide a name (numbers below zero) have done so and end here.

with

papers as (
    select * from {{ ref('int_papers_matched') }}
),

titles as (

    select
        papers.paper_id,
        'title' as section,
        unnest(papers.title_mentions) as mention
    from papers

),

abstracts as (

    select
        papers.paper_id,
        'abstract' as section,
        unnest(papers.abstract_mentions) as mention
    from papers

),

sections as (
    select * from titles
    union all
    select * from abstracts
)

select
    sections.paper_id,
    sections.section,
    sections.mention.alias_id,
    sections.mention.start_char,
    sections.mention.end_char,
    sections.mention.sentence_start,
    sections.mention.sentence_end,
    sections.mention.surface,
    sections.mention.is_variant,
    sections.mention.has_adjacent_cue,
    sections.mention.has_sentence_cue
from sections
where sections.mention.alias_id > 0
