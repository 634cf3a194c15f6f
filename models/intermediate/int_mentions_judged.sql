-- One row a span that the vocabulary names: the entity with the best evidence, or none that counts.

with

found as (
    select * from {{ ref('int_mentions_found') }}
),

aliases as (
    select * from {{ ref('int_vocabulary_aliases') }}
),

spelled as (

    select
        found.*,
        aliases.alias,
        aliases.entity_id as listed_id,
        aliases.entity_type,
        aliases.ambiguity,
        case
            when found.is_variant
                then {{ unlisted_version('found.surface', 'aliases.alias', 'aliases.entity_type') }}
        end as version  -- noqa: RF04
    from found
    inner join aliases on found.alias_id = aliases.alias_id

),

-- a version that no list has is an entity below the one that is listed
named as (

    select
        *,
        listed_id || coalesce('-' || {{ entity_slug('version') }}, '') as entity_id,
        case when version is not null then listed_id end as parent_id,
        -- its name: the surface without the size behind it
        case
            when contains(lower(right(surface, length(surface) - length(alias))), version)
                then regexp_extract(surface, '(?i)^.{' || length(alias) || '}.*?' || regexp_escape(version))
            when version is not null then alias || '-' || version
        end as version_name
    from spelled

),

-- sentences with a sure name of a type: "Claude and GPT-4"
surely_typed as (
    select distinct
        paper_id,
        section,
        sentence_start,
        entity_type
    from named
    where ambiguity = 'safe'
),

cued as (

    select
        named.*,
        -- only names with capitals count beside a sure name of their type
        named.has_sentence_cue
        or (surely_typed.entity_type is not null and named.alias <> lower(named.alias)) as is_in_company
    from named
    left join surely_typed
        on
            named.paper_id = surely_typed.paper_id
            and named.section = surely_typed.section
            and named.sentence_start = surely_typed.sentence_start
            and named.entity_type = surely_typed.entity_type

),

-- papers and the entities that they name beyond doubt, a version its family; a word of its type
-- beside a name or in its sentence holds for the paper too, save for everyday words of measures
safely_named as (
    select
        paper_id,
        listed_id,
        bool_or(ambiguity = 'safe' or (version is not null and ambiguity = 'needs_context')) as is_sure
    from cued
    where
        ambiguity = 'safe'
        or (version is not null and ambiguity = 'needs_context')
        or (
            (has_adjacent_cue or (ambiguity = 'needs_context' and is_in_company))
            and not (entity_type = 'metric' and alias = lower(alias))
        )
    group by paper_id, listed_id
),

judged as (

    select
        cued.*,
        coalesce(safely_named.is_sure, false) as is_sure,
        case
            when cued.ambiguity = 'safe' and cued.is_variant then 'variant'
            when cued.ambiguity = 'safe' then 'alias'
            -- "Claude 9" is no person, but "Phi 2" may be an angle and "Phi-5" may not
            when
                cued.version is not null
                and (
                    cued.ambiguity = 'needs_context'
                    or not contains(right(cued.version_name, length(cued.version_name) - length(cued.alias)), ' ')
                )
                then 'variant'
            when cued.has_adjacent_cue then 'adjacent_cue'
            when cued.ambiguity = 'needs_context' and safely_named.is_sure then 'same_paper'
            when cued.ambiguity = 'needs_context' and cued.is_in_company then 'sentence_cue'
            when cued.ambiguity = 'needs_context' and safely_named.listed_id is not null then 'same_paper'
        end as match_method
    from cued
    left join safely_named
        on
            cued.paper_id = safely_named.paper_id
            and cued.listed_id = safely_named.listed_id

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
    case when match_method is null then listed_id else entity_id end as entity_id,
    entity_type,
    case when match_method is not null then parent_id end as parent_id,
    case when match_method is not null then version_name end as version_name,
    ambiguity,
    match_method,
    match_method is not null as is_counted
from judged
-- a spelling that entities share goes to the one with the best evidence
qualify row_number() over (
    partition by paper_id, section, start_char
    order by
        -- what is listed beats what follows by rule
        version is not null,
        case match_method
            when 'alias' then 1
            when 'variant' then 2
            when 'adjacent_cue' then 3
            when 'same_paper' then case when is_sure then 4 else 6 end
            when 'sentence_cue' then 5
            else 7
        end,
        entity_id,
        alias
) = 1
