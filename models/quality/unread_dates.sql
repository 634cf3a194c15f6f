-- One row a landed record whose stated date is null in the models, or lies after the day on which it was landed.

with

papers as (
    select * from {{ ref('stg_raw__papers') }}
)

select
    {{ digits_of_record('record_hash') }} as record_id,
    load_id,
    source_name,
    source_file,
    source_line,
    published_text,
    case
        when published_iso is null then 'unknown_form'
        when published_on is null then 'no_such_day'
        else 'after_it_was_landed'
    end as date_problem
from papers
where
    nullif(trim(published_text), '') is not null
    and (published_on is null or published_on > loaded_at::date + 1)
