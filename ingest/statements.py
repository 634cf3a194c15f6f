"""The statements that land records and rejects, each once."""

from typing import Final

from ingest.tables import ADDED_COLUMNS

# Two records are the same when their source and every field are the same.
LAND_RECORDS: Final = f"""
insert into raw.papers by name
select
    $load_id as load_id,
    $loaded_at as loaded_at,
    $source_name as source_name,
    $source_file as source_file,
    $source_sha256 as source_sha256,
    md5_number(if(
        coalesce({", ".join(ADDED_COLUMNS)}) is null,
        json_array(
            $source_name, source_paper_id, title, abstract, published, venue, url, upvotes
        ),
        json_array(
            $source_name, source_paper_id, title, abstract, published, venue, url, upvotes,
            authors, published_kind, updated, arxiv_id, doi, acl_id, openreview_id
        )
    )::varchar) as record_hash,
    incoming_records.*
from incoming_records
where record_hash not in (
    select known.record_hash
    from raw.papers as known
    where known.load_id not in (
        select verdicts.load_id
        from raw.load_verdicts as verdicts
        where not verdicts.is_accepted
    )
)
"""

# Of equal records of one load, the first in the file stays.
DROP_REPEATED: Final = """
delete from raw.papers
where load_id = $load_id and (record_hash, source_line) in (
    select repeated.record_hash, unnest(repeated.source_lines[2:])
    from (
        select record_hash, list(source_line order by source_line) as source_lines
        from raw.papers
        where load_id = $load_id
        group by record_hash
        having count(*) > 1
    ) as repeated
)
"""

LAND_REJECTS: Final = """
insert into raw.rejected_papers by name
select
    $load_id as load_id,
    $loaded_at as loaded_at,
    $source_name as source_name,
    $source_file as source_file,
    $source_sha256 as source_sha256,
    incoming_rejects.*
from incoming_rejects
where not exists (
    select 1
    from raw.rejected_papers as known
    where
        known.source_sha256 = $source_sha256
        and known.load_id <> $load_id
        and known.source_line = incoming_rejects.source_line
        and known.rule = incoming_rejects.rule
        and known.detail = incoming_rejects.detail
        and known.raw_text = incoming_rejects.raw_text
)
"""
