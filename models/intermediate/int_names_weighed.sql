-- One row a paper and name that no list decides about: the type that this paper alone shows, and
-- how surely it does.

with

cues as (
    select * from {{ ref('int_cues_gathered') }}
),

weights as (
    select * from {{ ref('discovery_weights') }}
    where scope = 'paper'
),

aliases as (
    select * from {{ ref('int_vocabulary_aliases') }}
),

-- what the vocabulary decides about, and what review refused
listed as (

    select {{ entity_slug('alias') }} as name_key
    from aliases

    union

    select {{ entity_slug('stop_name') }} as name_key
    from {{ ref('vocabulary_stop_names') }}

    union

    select {{ entity_slug('rejected_name') }} as name_key
    from {{ ref('vocabulary_rejected_names') }}

),

names as (

    select distinct
        name,
        {{ entity_slug('name') }} as name_key
    from cues

),

unlisted as (
    select names.*
    from names
    left join listed on names.name_key = listed.name_key
    where listed.name_key is null and length(names.name_key) > 1
),

summed as (

    select
        cues.paper_id,
        cues.name,
        unlisted.name_key,
        weights.entity_type,
        exp(sum(weights.weight) + any_value(biases.weight)) as odds,
        list(
            cues.cue
            order by weights.weight desc, cues.cue asc
        ) filter (where weights.weight > 0.3) as evidence
    from cues
    inner join unlisted on cues.name = unlisted.name
    inner join weights on cues.cue = weights.cue
    inner join weights as biases
        on
            weights.entity_type = biases.entity_type
            and biases.cue = 'bias'
    group by cues.paper_id, cues.name, unlisted.name_key, weights.entity_type

)

select
    paper_id,
    name,
    name_key,
    entity_type,
    odds / (1 + sum(odds) over (partition by paper_id, name)) as score,
    coalesce(evidence, []) as evidence
from summed
qualify row_number() over (partition by paper_id, name order by odds desc, entity_type asc) = 1
