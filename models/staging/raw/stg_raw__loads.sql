-- One row an ingested file: the manifest.

with

source as (
    select * from {{ source('raw', 'loads') }}
)

select
    load_id,
    source_name,
    source_file,
    source_sha256,
    source_query,
    format_name,
    nullif(column_map, '') as column_map,
    loaded_by,
    loaded_at,
    read_count,
    landed_count,
    known_count,
    rejected_count
from source
