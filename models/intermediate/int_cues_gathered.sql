-- One row a paper, name and cue: what this paper shows about the name.

{{ config(materialized='view' if target.type == 'duckdb' else 'table') }}

with

names as (
    select * from {{ ref('int_names_found') }}
),

definitions as (
    select * from {{ ref('int_definitions_found') }}
    where rule <> 'refused'
),

papers as (
    select * from {{ ref('int_papers_deduplicated') }}
),

aliases as (
    select
        lower(alias) as alias_folded,
        min(entity_type) as entity_type
    from {{ ref('int_vocabulary_aliases') }}
    where ambiguity = 'safe'
    group by alias_folded
    having count(distinct entity_type) = 1
),

-- names beside it in a list: "A, B and C" makes B a data set where A is one
listed as (

    select
        names.paper_id,
        names.name,
        unnest(names.neighbours) as neighbour
    from names

),

places as (

    select
        paper_id,
        name,
        'abstract' as section,
        start_char
    from names

    union

    select
        paper_id,
        name,
        section,
        start_char
    from definitions
    where entity_type is null

),

counted as (
    select
        paper_id,
        name,
        count(*) as place_count
    from places
    group by paper_id, name
),

shown as (

    select
        names.paper_id,
        names.name,
        unnest(names.cues) as cue
    from names

    union all

    select
        names.paper_id,
        names.name,
        unnest(names.traits) as cue
    from names

    union all

    select
        definitions.paper_id,
        definitions.name,
        unnest(definitions.traits) as cue
    from definitions

    union all

    select
        listed.paper_id,
        listed.name,
        'near_' || aliases.entity_type as cue
    from listed
    inner join aliases on lower(listed.neighbour) = aliases.alias_folded

    union all

    select
        listed.paper_id,
        listed.name,
        'near_' || definitions.entity_type as cue
    from listed
    inner join definitions
        on
            listed.paper_id = definitions.paper_id
            and listed.neighbour = definitions.name
    where definitions.entity_type is not null

    union all

    select
        names.paper_id,
        names.name,
        'in_title' as cue
    from names
    inner join papers on names.paper_id = papers.paper_id
    where contains(papers.title, names.name)

    union all

    select
        definitions.paper_id,
        definitions.name,
        'in_title' as cue
    from definitions
    where definitions.section = 'title' and definitions.entity_type is null

    union all

    select
        counted.paper_id,
        counted.name,
        case when counted.place_count > 2 then 'seen_often' else 'seen_twice' end as cue
    from counted
    where counted.place_count > 1

)

select distinct
    paper_id,
    name,
    cue
from shown
