-- One row an occurrence of a defined name, with the entity that it stands for.

with

occurrences as (
    select * from {{ ref('int_definitions_found') }}
    where rule <> 'refused'
),

mentions as (
    select * from {{ ref('int_mentions_judged') }}
),

scored as (
    select * from {{ ref('int_names_scored') }}
    where score >= {{ var('discovery_threshold') }}
),

-- what this paper alone shows of names that it abbreviates, or proposes without saying what they are
weighed as (
    select * from {{ ref('int_names_weighed') }}
),

stop_names as (
    select
        lower(stop_name) as stop_name,
        stop_name as written,
        {{ entity_slug('long_form') }} as long_form
    from {{ ref('vocabulary_stop_names') }}
),

spelled_out as (
    select distinct
        paper_id,
        name,
        {{ entity_slug('surface') }} as long_form
    from occurrences
    where is_long_form
),

-- a class, a task or a formalism is no entity, however often papers abbreviate it; where the list
-- says what it is short for, a paper that spells it out otherwise means something of its own
stopped as (

    select distinct
        occurrences.paper_id,
        occurrences.name
    from occurrences
    inner join stop_names on lower(occurrences.name) = stop_names.stop_name
    left join spelled_out
        on
            occurrences.paper_id = spelled_out.paper_id
            and occurrences.name = spelled_out.name
    where
        stop_names.long_form is null
        or starts_with(spelled_out.long_form, stop_names.long_form)
        or (
            spelled_out.long_form is null
            and occurrences.rule <> 'title'
            and occurrences.name = stop_names.written
        )

),

-- what the vocabulary calls the same span, safe or not: "SAM" beside "Sharpness-Aware Minimization"
known as (

    select
        occurrences.paper_id,
        occurrences.name,
        occurrences.is_long_form,
        occurrences.entity_type as stated_type,
        mentions.entity_id,
        mentions.entity_type,
        mentions.ambiguity = 'safe' as is_safe
    from occurrences
    inner join mentions
        on
            occurrences.paper_id = mentions.paper_id
            and occurrences.section = mentions.section
            and occurrences.start_char = mentions.start_char
            and occurrences.end_char = mentions.end_char

),

-- what the vocabulary's entities are short for
long_aliases as (
    select
        entity_id,
        {{ entity_slug('alias') }} as long_form
    from {{ ref('int_vocabulary_aliases') }}
    where regexp_full_match(alias, '[A-Za-z][a-z]*([ -][A-Za-z][a-z]*)+')
),

-- "Schema Attention Model (SAM)" is no Segment Anything Model, whatever type it has
meant_otherwise as (

    select
        known.paper_id,
        known.name,
        known.entity_id,
        min(spelled_out.long_form) as long_form
    from known
    inner join spelled_out
        on
            known.paper_id = spelled_out.paper_id
            and known.name = spelled_out.name
    inner join long_aliases on known.entity_id = long_aliases.entity_id
    group by known.paper_id, known.name, known.entity_id
    having
        not bool_or(
            contains(spelled_out.long_form, long_aliases.long_form)
            or contains(long_aliases.long_form, spelled_out.long_form)
            or levenshtein(spelled_out.long_form, long_aliases.long_form)
            < 0.4 * length(spelled_out.long_form)
        )

),

-- a name that the vocabulary knows under the type that the paper gives it is the known entity
known_typed as (

    select distinct on (known.paper_id, known.name)
        known.paper_id,
        known.name,
        known.entity_id,
        known.entity_type
    from known
    left join meant_otherwise
        on
            known.paper_id = meant_otherwise.paper_id
            and known.name = meant_otherwise.name
            and known.entity_id = meant_otherwise.entity_id
    -- where the paper does not say what it is, the vocabulary does
    where
        known.entity_type = coalesce(known.stated_type, known.entity_type)
        and meant_otherwise.paper_id is null
    order by
        known.paper_id asc, known.name asc, known.is_safe desc, known.is_long_form desc, known.entity_id asc

),

-- an abbreviation takes the meaning of its long form where the vocabulary knows that one
known_abbreviated as (
    select distinct on (paper_id, name)
        paper_id,
        name,
        entity_id,
        entity_type
    from known
    where is_long_form and is_safe
    order by paper_id, name, entity_id
),

otherwise as (
    select
        paper_id,
        name,
        min(long_form) as long_form
    from meant_otherwise
    group by paper_id, name
),

resolved as (

    select
        occurrences.*,
        case occurrences.rule
            when 'abbreviation'
                then coalesce(
                    known_abbreviated.entity_type,
                    case when weighed.score >= {{ var('company_threshold') }} then weighed.entity_type end
                )
            -- where neither paper nor vocabulary says, its company in all papers may; most others
            -- are methods
            else coalesce(
                occurrences.entity_type,
                known_typed.entity_type,
                case when weighed.score >= {{ var('company_threshold') }} then weighed.entity_type end,
                scored.entity_type,
                'method'
            )
        end as resolved_type,
        known_typed.entity_id is not null or known_abbreviated.entity_id is not null as is_known,
        stopped.paper_id is not null as is_stopped,
        -- "the UAD datasets": a noun behind it is not enough where all else speaks against it, or
        -- where lists hold the name as something else
        occurrences.rule = 'context'
        and coalesce(
            weighed.score < {{ var('doubt_threshold') }}
            or weighed.entity_type <> occurrences.entity_type,
            occurrences.entity_type <> 'metric'
        ) as is_doubted,
        case occurrences.rule
            when 'abbreviation'
                then coalesce(
                    known_abbreviated.entity_id,
                    resolved_type || ':' || {{ entity_slug('occurrences.name') }}
                )
            else coalesce(
                known_typed.entity_id,
                resolved_type || ':' || coalesce(otherwise.long_form, {{ entity_slug('occurrences.name') }})
            )
        end as entity_id
    from occurrences
    left join known_typed
        on
            occurrences.paper_id = known_typed.paper_id
            and occurrences.name = known_typed.name
    left join known_abbreviated
        on
            occurrences.paper_id = known_abbreviated.paper_id
            and occurrences.name = known_abbreviated.name
    left join otherwise
        on
            occurrences.paper_id = otherwise.paper_id
            and occurrences.name = otherwise.name
    left join weighed
        on
            occurrences.paper_id = weighed.paper_id
            and occurrences.name = weighed.name
    left join scored on {{ entity_slug('occurrences.name') }} = scored.name_key
    left join stopped
        on
            occurrences.paper_id = stopped.paper_id
            and occurrences.name = stopped.name

)

select
    paper_id,
    section,
    start_char,
    end_char,
    sentence_start,
    sentence_end,
    surface,
    name,
    entity_id,
    resolved_type as entity_type,
    rule,
    rule not in ('abbreviation', 'context', 'task')
    -- "we show that X outperforms" may speak of a known X of somebody else
    and not (rule = 'claimed' and is_known) as is_introduced,
    rule = 'abbreviation' and not is_known as is_weighed
from resolved
where
    entity_id is not null
    -- a name without a single letter or digit of ours has no slug
    and not ends_with(entity_id, ':')
    and (is_known or not is_doubted)
    and (is_known or not is_stopped)
