-- One row a record that could not be used.

with

source as (
    select * from {{ source('raw', 'rejected_papers') }}
)

select
    load_id,
    source_name,
    source_file,
    source_sha256,
    source_line,
    rule as rejection_rule,
    detail as rejection_detail,
    raw_text,
    loaded_at
from source
