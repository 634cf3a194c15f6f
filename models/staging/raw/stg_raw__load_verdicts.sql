-- One row a load that the gate has judged.

with

source as (
    select * from {{ source('raw', 'load_verdicts') }}
)

select
    load_id,
    is_accepted,
    reason as refusal_reason,
    judged_at
from source
