-- One row a name that no list holds and that papers name: what its company shows, for review.

with

scored as (
    select * from {{ ref('int_names_scored') }}
),

names as (
    select * from {{ ref('int_names_found') }}
),

papers as (
    select * from {{ ref('int_papers_deduplicated') }}
),

aliases as (
    select * from {{ ref('int_discovered_aliases') }}
),

worth_a_look as (
    select *
    from scored
    where
        score >= {{ var('discovery_threshold') }}
        or (score >= 0.3 and paper_count > 1)
),

spellings as (
    select
        name_key,
        name,
        count(distinct paper_id) as paper_count
    from names
    group by name_key, name
),

named as (
    select
        name_key,
        name
    from spellings
    qualify row_number() over (partition by name_key order by paper_count desc, name asc) = 1
),

seen as (
    select
        names.name_key,
        min(papers.published_on) as first_mentioned_on
    from names
    inner join papers on names.paper_id = papers.paper_id
    group by names.name_key
),

contextual as (
    select
        name_key,
        bool_or(ambiguity <> 'safe') as needs_context
    from aliases
    group by name_key
)

select
    worth_a_look.name_key,
    named.name as entity_name,
    worth_a_look.entity_type,
    worth_a_look.score,
    contextual.name_key is not null as is_counted,
    worth_a_look.is_homonym,
    coalesce(contextual.needs_context, false) as needs_context,
    worth_a_look.paper_count,
    worth_a_look.defining_paper_count,
    worth_a_look.long_form_count,
    seen.first_mentioned_on,
    array_to_string(list_slice(worth_a_look.evidence, 1, 6), ', ') as evidence
from worth_a_look
inner join named on worth_a_look.name_key = named.name_key
inner join seen on worth_a_look.name_key = seen.name_key
left join contextual on worth_a_look.name_key = contextual.name_key
order by worth_a_look.name_key
