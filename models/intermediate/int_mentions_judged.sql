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

-- papers and the entities that they name beyond doubt; a version names its family
safely_named as (
    select distinct
        paper_id,
        listed_id
    from named
    where ambiguity = 'safe' or (version is not null and ambiguity = 'needs_context')
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

judged as (

    select
        named.*,
        case
            when named.ambiguity = 'safe' and named.is_variant then 'variant'
            when named.ambiguity = 'safe' then 'alias'
            -- "Claude 9" is no person, but "Phi 2" may be an angle and "Phi-5" may not
            when
                named.version is not null
                and (
                    named.ambiguity = 'needs_context'
                    or not contains(right(named.version_name, length(named.version_name) - length(named.alias)), ' ')
                )
                then 'variant'
            when named.has_adjacent_cue then 'adjacent_cue'
            when named.ambiguity = 'needs_context' and safely_named.listed_id is not null then 'same_paper'
            when
                named.ambiguity = 'needs_context'
                and (
                    named.has_sentence_cue
                    or (surely_typed.entity_type is not null and named.alias <> lower(named.alias))
                )
                then 'sentence_cue'
        end as match_method
    from named
    left join safely_named
        on
            named.paper_id = safely_named.paper_id
            and named.listed_id = safely_named.listed_id
    left join surely_typed
        on
            named.paper_id = surely_typed.paper_id
            and named.section = surely_typed.section
            and named.sentence_start = surely_typed.sentence_start
            and named.entity_type = surely_typed.entity_type

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
            when 'same_paper' then 4
            when 'sentence_cue' then 5
            else 6
        end,
        entity_id,
        alias
) = 1
