-- One row an occurrence of a discovered name that counts, in any paper.

with

papers as (
    select * from {{ ref('int_papers_deduplicated') }}
),

aliases as (
    select * from {{ ref('int_discovered_aliases') }}
),

cues as (
    select * from {{ ref('vocabulary_cues') }}
),

definitions as (
    select * from {{ ref('int_definitions_found') }}
),

vocabulary as (

    select {{ compile_vocabulary('aliases', 'cues') }} as vocabulary_key

),

sections as (

    select
        papers.paper_id,
        'title' as section,
        unnest(find_mentions(papers.title, vocabulary.vocabulary_key)) as mention
    from papers
    cross join vocabulary

    union all

    select
        papers.paper_id,
        'abstract' as section,
        unnest(find_mentions(papers.abstract, vocabulary.vocabulary_key)) as mention
    from papers
    cross join vocabulary

),

-- a paper that spells a name out itself means that, and not what others mean by it
spelled_out as (
    select distinct
        paper_id,
        {{ entity_slug('name') }} as name_key
    from definitions
    where is_long_form
)

select
    sections.paper_id,
    sections.section,
    sections.mention.start_char,
    sections.mention.end_char,
    sections.mention.sentence_start,
    sections.mention.sentence_end,
    sections.mention.surface,
    aliases.alias,
    aliases.entity_id,
    aliases.entity_type
from sections
inner join aliases on sections.mention.alias_id = aliases.alias_id
left join spelled_out
    on
        sections.paper_id = spelled_out.paper_id
        and aliases.name_key = spelled_out.name_key
where
    spelled_out.paper_id is null
    and (
        aliases.ambiguity = 'safe'
        or sections.mention.has_adjacent_cue
        or (aliases.ambiguity = 'needs_context' and sections.mention.has_sentence_cue)
    )
qualify row_number() over (
    partition by sections.paper_id, sections.section, sections.mention.start_char, sections.mention.end_char
    order by aliases.entity_id, aliases.alias
) = 1
