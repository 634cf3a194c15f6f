-- One row an example of a discovered name: at most five sentences a name, each from another paper.

with

names as (
    select * from {{ ref('int_names_found') }}
),

discovered as (
    select * from {{ ref('discovered_names') }}
),

first_in_paper as (
    select names.*
    from names
    inner join discovered on names.name_key = discovered.name_key
    -- the occurrence with the most around it, of each paper
    qualify row_number() over (
        partition by names.name_key, names.paper_id
        order by array_length(names.cues) desc, names.start_char asc
    ) = 1
),

telling as (

    select *
    from first_in_paper
    qualify row_number() over (partition by name_key order by array_length(cues) desc, paper_id asc) <= 5

)

select
    name_key,
    paper_id,
    start_char,
    end_char,
    sentence_start,
    sentence_end,
    array_to_string(cues, ', ') as cues
from telling
