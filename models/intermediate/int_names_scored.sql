-- One row an unknown name: the type that its company shows, and how surely it does.

with

cues as (
    select * from {{ ref('int_name_cues') }}
),

weights as (
    select * from {{ ref('discovery_weights') }}
    where scope = 'corpus'
),

names as (
    select * from {{ ref('int_names_found') }}
),

definitions as (
    select * from {{ ref('int_definitions_found') }}
),

mentions as (
    select * from {{ ref('int_mentions_judged') }}
    where section = 'abstract'
),

aliases as (
    select * from {{ ref('int_vocabulary_aliases') }}
),

-- what the vocabulary decides about already, as an alias or by rule ("Qwen3-8B")
known as (

    select {{ entity_slug('aliases.alias') }} as name_key
    from aliases

    union

    select names.name_key
    from names
    inner join mentions
        on
            names.paper_id = mentions.paper_id
            and names.start_char < mentions.end_char
            and names.end_char > mentions.start_char

),

refused as (

    select {{ entity_slug('stop_name') }} as name_key
    from {{ ref('vocabulary_stop_names') }}

    union

    select {{ entity_slug('rejected_name') }} as name_key
    from {{ ref('vocabulary_rejected_names') }}

),

unknown as (

    select cues.*
    from cues
    left join known on cues.name_key = known.name_key
    left join refused on cues.name_key = refused.name_key
    where
        known.name_key is null
        and refused.name_key is null
        and length(cues.name_key) > 1

),

weighed as (

    select
        unknown.name_key,
        weights.entity_type,
        unknown.cue,
        unknown.paper_count,
        weights.weight * ln(1 + unknown.paper_count) as evidence
    from unknown
    inner join weights on unknown.cue = weights.cue

),

summed as (

    select
        weighed.name_key,
        weighed.entity_type,
        exp(sum(weighed.evidence order by weighed.cue asc) + any_value(biases.weight)) as odds,
        list(
            weighed.cue || ' ' || weighed.paper_count
            order by weighed.evidence desc, weighed.cue asc
        ) filter (where weighed.evidence > 0.3) as evidence
    from weighed
    inner join weights as biases
        on
            weighed.entity_type = biases.entity_type
            and biases.cue = 'bias'
    group by weighed.name_key, weighed.entity_type

),

scored as (

    select
        name_key,
        entity_type,
        evidence,
        odds / (
            1 + sum(odds) over (
                partition by name_key
                order by entity_type asc rows between unbounded preceding and unbounded following
            )
        ) as score
    from summed
    qualify row_number() over (partition by name_key order by odds desc, entity_type asc) = 1

),

counted as (

    select
        name_key,
        max(paper_count) filter (where cue = 'seen') as paper_count,
        coalesce(sum(paper_count) filter (where cue like 'defined_%'), 0) as defining_paper_count
    from unknown
    group by name_key

),

-- one string for many things: papers spell it out in different ways
spelled_out as (

    select
        {{ entity_slug('name') }} as name_key,
        count(distinct {{ entity_slug('surface') }}) as long_form_count
    from definitions
    where is_long_form
    group by all

)

select
    scored.name_key,
    scored.entity_type,
    scored.score,
    coalesce(scored.evidence, []) as evidence,
    counted.paper_count,
    counted.defining_paper_count::integer as defining_paper_count,
    coalesce(spelled_out.long_form_count, 0)::integer as long_form_count,
    -- what several papers define, each for itself, means another thing in each
    counted.defining_paper_count > 2 or coalesce(spelled_out.long_form_count, 0) > 1 as is_homonym
from scored
inner join counted on scored.name_key = counted.name_key
left join spelled_out on scored.name_key = spelled_out.name_key
where counted.paper_count is not null
