-- One row an ingested file: the manifest, with what the gate said.

with

loads as (
    select * from {{ ref('stg_raw__loads') }}
),

refused_loads as (
    select * from {{ ref('stg_raw__load_verdicts') }}
    where not is_accepted
)

select
    loads.load_id,
    loads.source_name,
    loads.source_file,
    loads.source_sha256,
    loads.source_query,
    loads.format_name,
    loads.column_map,
    loads.loaded_by,
    loads.loaded_at,
    loads.read_count,
    loads.landed_count,
    loads.known_count,
    loads.rejected_count,
    refused_loads.load_id is not null as is_refused,
    refused_loads.refusal_reason
from loads
left join refused_loads on loads.load_id = refused_loads.load_id
