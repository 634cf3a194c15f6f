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

-- each name once, before its slug is made
written as (
    select distinct name
    from cues
),

names as (

    select
        name,
        {{ entity_slug('name') }} as name_key
    from written

),

-- what the paper itself says to be a tool, a task or the like
refused as (
    select distinct
        paper_id,
        name
    from {{ ref('int_definitions_found') }}
    where rule = 'refused'
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
        -- decimals, whose sum is the same in any order
        sum(weights.dataset_weight::decimal(12, 6))::double as dataset_weight,
        sum(weights.method_weight::decimal(12, 6))::double as method_weight,
        sum(weights.metric_weight::decimal(12, 6))::double as metric_weight,
        sum(weights.model_weight::decimal(12, 6))::double as model_weight,
        list(cues.cue order by cues.cue asc) as cues
    from cues
    inner join unlisted on cues.name = unlisted.name
    inner join weights on cues.cue = weights.cue
    left join refused
        on
            cues.paper_id = refused.paper_id
            and cues.name = refused.name
    where refused.name is null
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
    cues,
    -- where the paper says "we propose", or numbers or describes a phrase in capitals
    list_contains(cues, 'proposing')
    or (
        list_contains(cues, 'shape_words')
        and not list_contains(cues, 'in_list')
        and (list_contains(cues, 'article_a') or list_contains(cues, 'numbered'))
    ) as is_own
from odds
