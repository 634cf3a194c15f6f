-- One row a paper and name that no list decides about: the type that this paper alone shows, and
-- how surely it does.

with

cues as (
    select * from {{ ref('int_cues_gathered') }}
),

weights as (

    select
        cue,
        max(weight) filter (where entity_type = 'dataset') as dataset,
        max(weight) filter (where entity_type = 'method') as method,
        max(weight) filter (where entity_type = 'metric') as metric,
        max(weight) filter (where entity_type = 'model') as model
    from {{ ref('discovery_weights') }}
    where scope = 'paper'
    group by cue

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
        sum(weights.dataset) as dataset,
        sum(weights.method) as method,
        sum(weights.metric) as metric,
        sum(weights.model) as model,
        list(cues.cue order by cues.cue asc) as cues
    from cues
    inner join unlisted on cues.name = unlisted.name
    inner join weights on cues.cue = weights.cue
    group by cues.paper_id, cues.name, unlisted.name_key

),

odds as (

    select
        summed.paper_id,
        summed.name,
        summed.name_key,
        summed.cues,
        exp(summed.dataset + biases.dataset) as dataset,
        exp(summed.method + biases.method) as method,  -- noqa: RF04
        exp(summed.metric + biases.metric) as metric,
        exp(summed.model + biases.model) as model  -- noqa: RF04
    from summed
    inner join weights as biases on biases.cue = 'bias'

)

select
    paper_id,
    name,
    name_key,
    case greatest(dataset, method, metric, model)
        when dataset then 'dataset'
        when method then 'method'
        when metric then 'metric'
        else 'model'
    end as entity_type,
    greatest(dataset, method, metric, model) / (1 + dataset + method + metric + model) as score,
    cues
from odds
