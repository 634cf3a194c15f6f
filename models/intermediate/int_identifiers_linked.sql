-- One row an identity that shares an identifier with another: the identity of them all.

with recursive -- noqa: PRS

identifiers as (
    select * from {{ ref('int_identifiers_stated') }}
),

stated as (
    select distinct stated_key, kind_rank, identifier_kind, identifier_key
    from identifiers
),

-- identifiers that could join: seen beside more than one identity, or an identity themselves
shared as (

    select identifier_key
    from stated
    group by identifier_key
    having count(*) > 1 or bool_or(identifier_key = stated_key)

),

beside as (
    select stated.*
    from stated
    inner join shared on stated.identifier_key = shared.identifier_key
    where stated.identifier_key <> stated.stated_key
),

-- an identifier beside two different ones of a better kind links nothing
contested as (

    select beside.identifier_key
    from beside
    inner join stated on
        beside.stated_key = stated.stated_key
        and stated.kind_rank < beside.kind_rank
    group by beside.identifier_key, stated.identifier_kind
    having count(distinct stated.identifier_key) > 1

),

edges as materialized (

    select stated_key as node, identifier_key as neighbour
    from beside
    where identifier_key not in (select contested.identifier_key from contested)
    union all
    select identifier_key as node, stated_key as neighbour
    from beside
    where identifier_key not in (select contested.identifier_key from contested)

),

{{ component_labels('edges') }},

-- what two arXiv identifiers reach by way of others is left as each record states it
components as (

    select
        label,
        count(*) filter (where node like 'arxiv:%') as arxiv_count,
        {{ best_identity('node') }} as work_key
    from labels
    group by label

)

select
    labels.node as stated_key,
    case when components.arxiv_count > 1 then labels.node else components.work_key end as work_key,
    components.arxiv_count > 1 as is_contested
from labels
inner join components on labels.label = components.label
