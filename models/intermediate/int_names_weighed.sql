-- One row a paper and name that no list decides about: the type that this paper alone shows, and
-- how surely it does.

with

cues as (
    select * from {{ ref('int_cues_gathered') }}
),

weights as (

    select
        cue,
        max(weight) filter (where entity_type = 'dataset') as dataset_weight,
        max(weight) filter (where entity_type = 'method') as method_weight,
        max(weight) filter (where entity_type = 'metric') as metric_weight,
        max(weight) filter (where entity_type = 'model') as model_weight
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

    -- what is short for several things is judged where the paper spells it out
    select {{ entity_slug('stop_name') }} as name_key
    from {{ ref('vocabulary_stop_names') }}
    where long_form is null

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
        sum(weights.dataset_weight) as dataset_weight,
        sum(weights.method_weight) as method_weight,
        sum(weights.metric_weight) as metric_weight,
        sum(weights.model_weight) as model_weight,
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
        exp(summed.dataset_weight + biases.dataset_weight) as dataset_odds,
        exp(summed.method_weight + biases.method_weight) as method_odds,
        exp(summed.metric_weight + biases.metric_weight) as metric_odds,
        exp(summed.model_weight + biases.model_weight) as model_odds
    from summed
    inner join weights as biases on biases.cue = 'bias'

)

select
    paper_id,
    name,
    name_key,
    case greatest(dataset_odds, method_odds, metric_odds, model_odds)
        when dataset_odds then 'dataset'
        when method_odds then 'method'
        when metric_odds then 'metric'
        else 'model'
    end as entity_type,
    greatest(dataset_odds, method_odds, metric_odds, model_odds)
    / (1 + dataset_odds + method_odds + metric_odds + model_odds) as score,
    cues
from odds
