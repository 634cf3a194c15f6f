-- One row a span that the vocabulary names: the entity with the best evidence, or none that counts.

with

found as (
    select * from {{ ref('int_mentions_found') }}
),

aliases as (
    select * from {{ ref('int_vocabulary_aliases') }}
),

named as (

    select
        found.*,
        aliases.alias,
        aliases.entity_id,
        aliases.entity_type,
        aliases.ambiguity
    from found
    inner join aliases on found.alias_id = aliases.alias_id

),

-- papers and the entities that they name beyond doubt
safely_named as (
    select distinct
        paper_id,
        entity_id
    from named
    where ambiguity = 'safe'
),

judged as (

    select
        named.*,
        case
            when named.ambiguity = 'safe' and named.is_variant then 'variant'
            when named.ambiguity = 'safe' then 'alias'
            when named.has_adjacent_cue then 'adjacent_cue'
            when named.ambiguity = 'needs_context' and safely_named.entity_id is not null then 'same_paper'
            when named.ambiguity = 'needs_context' and named.has_sentence_cue then 'sentence_cue'
        end as match_method
    from named
    left join safely_named
        on
            named.paper_id = safely_named.paper_id
            and named.entity_id = safely_named.entity_id

)

select
    paper_id,
    section,
    start_char,
    end_char,
    sentence_start,
    sentence_end,
    surface,
    alias,
    entity_id,
    entity_type,
    ambiguity,
    match_method,
    match_method is not null as is_counted
from judged
-- a spelling that entities share goes to the one with the best evidence
qualify row_number() over (
    partition by paper_id, section, start_char
    order by
        case match_method
            when 'alias' then 1
            when 'variant' then 2
            when 'adjacent_cue' then 3
            when 'same_paper' then 4
            when 'sentence_cue' then 5
            else 6
        end,
        entity_id,
        alias
) = 1
