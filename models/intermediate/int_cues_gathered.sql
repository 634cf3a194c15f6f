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

neighbours as (
    select * from {{ ref('int_neighbours_typed') }}
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
        neighbours.paper_id,
        neighbours.name,
        'near_' || neighbours.entity_type as cue
    from neighbours

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
