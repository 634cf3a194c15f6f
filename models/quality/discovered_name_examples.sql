-- One row an example of a discovered name: at most five sentences a name, each from another paper.

with

names as (
    select * from {{ ref('int_names_found') }}
),

discovered as (
    select * from {{ ref('discovered_names') }}
),

-- the occurrence with the most around it, of each paper
first_in_paper as (

    select
        names.name_key,
        names.paper_id,
        names.start_char,
        names.end_char,
        names.sentence_start,
        names.sentence_end,
        names.cues
    from names
    inner join discovered on names.name_key = discovered.name_key
    qualify row_number() over (
        partition by names.name_key, names.paper_id
        order by array_length(names.cues) desc, names.start_char asc
    ) = 1

),

ranked as (

    select
        *,
        row_number() over (
            partition by name_key
            order by array_length(cues) desc, paper_id asc
        ) as example_rank
    from first_in_paper

)

select
    name_key,
    paper_id,
    start_char,
    end_char,
    sentence_start,
    sentence_end,
    array_to_string(cues, ', ') as cues
from ranked
where example_rank <= 5
order by name_key, example_rank
