-- One row a named span, by the vocabulary or by the paper's own definitions, without overlaps.

with

named as (
    select * from {{ ref('int_mentions_judged') }}
),

definitions as (
    select * from {{ ref('int_definitions_resolved') }}
),

-- names that a paper spells out itself, and what the vocabulary knows of that
spelled_out as (

    select
        found.paper_id,
        found.name,
        list(distinct definitions.entity_id) as entity_ids
    from {{ ref('int_definitions_found') }} as found
    left join definitions
        on
            found.paper_id = definitions.paper_id
            and found.name = definitions.name
    where found.is_long_form
    group by found.paper_id, found.name

),

-- an ambiguous string means what its paper spells out, and nothing else
judged as (

    select
        coalesce(
            named.ambiguity <> 'safe' and not list_contains(spelled_out.entity_ids, named.entity_id),
            false
        ) as means_other,
        named.* exclude (match_method, is_counted),
        case when not means_other then named.match_method end as match_method,
        named.is_counted and not means_other as is_counted
    from named
    left join spelled_out
        on
            named.paper_id = spelled_out.paper_id
            and named.surface = spelled_out.name

),

discovered as (
    select * from {{ ref('int_discovered_mentions') }}
),

weighed as (
    select * from {{ ref('int_mentions_weighed') }}
),

candidates as (

    select
        paper_id,
        section,
        start_char,
        end_char,
        sentence_start,
        sentence_end,
        surface,
        alias,
        entity_id,
        entity_type,
        ambiguity,
        match_method,
        null as definition_rule,
        is_counted,
        case when is_counted then 2 else 7 end as preference
    from judged

    union all

    -- what the paper itself says of a name beats what the vocabulary says of its spelling
    select
        paper_id,
        section,
        start_char,
        end_char,
        sentence_start,
        sentence_end,
        surface,
        name as alias,  -- noqa: RF04
        entity_id,
        entity_type,
        'safe' as ambiguity,
        case
            when rule = 'context' then 'context'
            when is_weighed then 'company'
            else 'definition'
        end as match_method,
        rule as definition_rule,
        true as is_counted,
        case when rule = 'context' then 3 when is_weighed then 4 else 1 end as preference
    from definitions

    union all

    select
        paper_id,
        section,
        start_char,
        end_char,
        sentence_start,
        sentence_end,
        surface,
        alias,
        entity_id,
        entity_type,
        'safe' as ambiguity,
        'discovered' as match_method,
        null as definition_rule,
        true as is_counted,
        5 as preference
    from discovered

    union all

    select
        paper_id,
        section,
        start_char,
        end_char,
        sentence_start,
        sentence_end,
        surface,
        name as alias,  -- noqa: RF04
        entity_id,
        entity_type,
        'safe' as ambiguity,
        'company' as match_method,
        null as definition_rule,
        true as is_counted,
        6 as preference
    from weighed

),

-- of equal spans the preferred one
spans as (
    select *
    from candidates
    qualify row_number() over (
        partition by paper_id, section, start_char, end_char
        order by preference, entity_id, alias
    ) = 1
),

-- of overlapping spans the longest; what does not count never hides what does
hidden as (

    select distinct
        spans.paper_id,
        spans.section,
        spans.start_char,
        spans.end_char
    from spans
    inner join spans as rivals
        on
            spans.paper_id = rivals.paper_id
            and spans.section = rivals.section
            and spans.start_char < rivals.end_char
            and spans.end_char > rivals.start_char
    where
        (rivals.is_counted and not spans.is_counted)
        or (
            rivals.is_counted = spans.is_counted
            and (rivals.end_char - rivals.start_char, -rivals.start_char)
            > (spans.end_char - spans.start_char, -spans.start_char)
        )

)

select
    spans.paper_id,
    spans.section,
    spans.start_char,
    spans.end_char,
    spans.sentence_start,
    spans.sentence_end,
    spans.surface,
    spans.alias,
    spans.entity_id,
    spans.entity_type,
    spans.ambiguity,
    spans.match_method,
    spans.definition_rule,
    spans.is_counted
from spans
left join hidden
    on
        spans.paper_id = hidden.paper_id
        and spans.section = hidden.section
        and spans.start_char = hidden.start_char
        and spans.end_char = hidden.end_char
where hidden.paper_id is null
