-- One row an occurrence of a name that its company in this paper alone shows to be of its type.

with

weighed as (
    select * from {{ ref('int_names_weighed') }}
    where score >= {{ var('company_threshold') }}
),

names as (
    select * from {{ ref('int_names_found') }}
),

papers as (
    select * from {{ ref('int_papers_deduplicated') }}
),

stop_names as (
    select {{ entity_slug('stop_name') }} as name_key
    from {{ ref('vocabulary_stop_names') }}
),

counted as (

    select
        paper_id,
        start_char,
        end_char
    from {{ ref('int_mentions_judged') }}
    where is_counted and section = 'abstract'

    union all

    select
        paper_id,
        start_char,
        end_char
    from {{ ref('int_definitions_resolved') }}
    where section = 'abstract'

),

-- a name of which something else counts in its paper is cut too long, or is no name
cut as (

    select distinct
        names.paper_id,
        names.name
    from names
    inner join counted
        on
            names.paper_id = counted.paper_id
            and names.start_char < counted.end_char
            and names.end_char > counted.start_char

),

whole as (
    select weighed.*
    from weighed
    left join cut
        on
            weighed.paper_id = cut.paper_id
            and weighed.name = cut.name
    where
        cut.paper_id is null
        and weighed.name_key not in (select stop_names.name_key from stop_names)
),

titled as (

    select
        whole.*,
        strpos(papers.title, whole.name) - 1 as start_char,
        papers.title
    from whole
    inner join papers on whole.paper_id = papers.paper_id

)

select
    names.paper_id,
    'abstract' as section,
    names.start_char,
    names.end_char,
    names.sentence_start,
    names.sentence_end,
    substr(papers.abstract, names.start_char + 1, names.end_char - names.start_char) as surface,
    names.name,
    whole.entity_type || ':' || whole.name_key as entity_id,
    whole.entity_type
from names
inner join whole
    on
        names.paper_id = whole.paper_id
        and names.name = whole.name
inner join papers on names.paper_id = papers.paper_id

union all

select
    paper_id,
    'title' as section,
    start_char::integer as start_char,
    (start_char + length(name))::integer as end_char,
    0 as sentence_start,
    length(title)::integer as sentence_end,
    name as surface,
    name,
    entity_type || ':' || name_key as entity_id,
    entity_type
from titled
where
    start_char >= 0
    -- whole words only
    and not regexp_matches(substr(' ' || title, start_char + 1, 1), '[\w-]')
    and not regexp_matches(substr(title || ' ', start_char + length(name) + 1, 1), '[\w-]')
