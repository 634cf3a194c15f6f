with

source as (
    select * from {{ source('raw', 'refused_loads') }}
)

select
    load_id,
    reason as refusal_reason,
    refused_at
from source
