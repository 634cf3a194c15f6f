-- One row a work that another work of its title was compared with: which of them it is.

with recursive -- noqa: PRS

pairs as (
    select * from {{ ref('int_works_paired') }}
),

normalised as (
    select * from {{ ref('int_papers_normalised') }}
),

linked as (
    select * from {{ ref('int_identifiers_linked') }}
),

accepted as materialized (
    select work_key as node, other_work_key as neighbour, link_method
    from pairs
    where link_method is not null
    union all
    select other_work_key as node, work_key as neighbour, link_method
    from pairs
    where link_method is not null
),

{{ component_labels('accepted') }},

-- works with two identifiers of one kind, and works that contradict each other, are never joined by way of a third
holders as (

    select distinct
        labels.label,
        labels.node,
        unnest(list_filter(
            [
                case when normalised.arxiv_id is not null then 'arxiv' end,
                case when normalised.doi is not null then 'doi' end,
                case when normalised.acl_id is not null then 'acl' end,
                case when normalised.openreview_id is not null then 'openreview' end
            ],
            lambda kind: kind is not null
        )) as identifier_kind
    from normalised
    left join linked on normalised.stated_key = linked.stated_key
    inner join labels on coalesce(linked.work_key, normalised.stated_key) = labels.node

),

refused as (

    select label
    from holders
    group by label, identifier_kind
    having count(*) > 1
    union
    select one.label
    from pairs
    inner join labels as one on pairs.work_key = one.node
    inner join labels as other on pairs.other_work_key = other.node and one.label = other.label
    where pairs.refusal_reason in ('same_source', 'different_author')

),

joined as (

    select
        labels.label,
        {{ best_identity('labels.node') }} as joined_key
    from labels
    where labels.label not in (select refused.label from refused)
    group by labels.label

),

-- by the best evidence that holds it to any other of them
methods as (
    select node, min(link_method) as link_method
    from accepted
    group by node
)

select
    labels.node as work_key,
    coalesce(joined.joined_key, labels.node) as joined_key,
    joined.joined_key is null as is_refused,
    case when joined.joined_key <> labels.node then methods.link_method end as link_method
from labels
left join joined on labels.label = joined.label
inner join methods on labels.node = methods.node
