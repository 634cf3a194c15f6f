-- One row a record that could not be used, with the rule it broke and its own text.

with

rejected_papers as (
    select * from {{ ref('stg_raw__rejected_papers') }}
)

select
    load_id,
    source_name,
    source_file,
    source_line,
    rejection_rule,
    rejection_detail,
    raw_text,
    loaded_at
from rejected_papers
