-- One row an occurrence of a discovered name that counts, in any paper.

with

papers as (
    select * from {{ ref('int_papers_searched') }}
),

aliases as (
    select * from {{ ref('int_discovered_aliases') }}
),

definitions as (
    select * from {{ ref('int_definitions_found') }}
),

sections as (

    select
        papers.paper_id,
        'title' as section,
        unnest(papers.title_mentions) as mention
    from papers

    union all

    select
        papers.paper_id,
        'abstract' as section,
        unnest(papers.abstract_mentions) as mention
    from papers

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
    -- "Code-LLM" is not "code LLM", nor "Human3D" what is human and 3D; "Middlebury 2014" is a version
    and (
        contains(aliases.alias, ' ')
        or not regexp_matches(sections.mention.surface, '[^0-9]\s(?:[^0-9]|[0-9]+D)')
    )
    and (
        aliases.ambiguity = 'safe'
        or sections.mention.has_adjacent_cue
        or (aliases.ambiguity = 'needs_context' and sections.mention.has_sentence_cue)
    )
qualify row_number() over (
    partition by sections.paper_id, sections.section, sections.mention.start_char, sections.mention.end_char
    order by aliases.entity_id, aliases.alias
) = 1
