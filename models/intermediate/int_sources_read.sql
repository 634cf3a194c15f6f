-- One row a source: what became of the records that were read.

with

loads as (
    select * from {{ ref('stg_raw__loads') }}
),

refused_loads as (
    select * from {{ ref('stg_raw__load_verdicts') }}
    where not is_accepted
),

judged as (
    select
        loads.*,
        refused_loads.load_id is not null as is_refused
    from loads
    left join refused_loads on loads.load_id = refused_loads.load_id
)

select
    source_name,
    count(*) as load_count,
    max(loaded_at) as last_loaded_at,
    sum(read_count)::bigint as read_count,
    sum(known_count)::bigint as known_count,
    sum(rejected_count)::bigint as rejected_count,
    sum(landed_count)::bigint as landed_count,
    coalesce(sum(landed_count) filter (where is_refused), 0)::bigint as refused_count
from judged
group by source_name
