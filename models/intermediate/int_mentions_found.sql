-- One row an alias found in a paper, ambiguous ones included; nothing is decided here.

with

papers as (
    select * from {{ ref('int_papers_deduplicated') }}
),

aliases as (

    select
        alias_id,
        alias,
        entity_type,
        case_rule,
        ambiguity
    from {{ ref('int_vocabulary_aliases') }}

    union all

    -- longer phrases in which a name means something else: as the longer match they hide it
    select
        -(row_number() over (order by phrase))::integer as alias_id,
        phrase as alias,  -- noqa: RF04
        'none' as entity_type,
        'insensitive' as case_rule,
        'safe' as ambiguity
    from {{ ref('vocabulary_other_meanings') }}

),

cues as (
    select * from {{ ref('vocabulary_cues') }}
),

vocabulary as (

    select {{ compile_vocabulary('aliases', 'cues') }} as vocabulary_key

),

titles as (

    select
        papers.paper_id,
        'title' as section,
        unnest(find_mentions(papers.title, vocabulary.vocabulary_key)) as mention
    from papers
    cross join vocabulary

),

abstracts as (

    select
        papers.paper_id,
        'abstract' as section,
        unnest(find_mentions(papers.abstract, vocabulary.vocabulary_key)) as mention
    from papers
    cross join vocabulary

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
