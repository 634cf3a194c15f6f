-- One row a found string that could mean something else and had no evidence: listed, not counted.

with

mentions as (
    select * from {{ ref('int_mentions_resolved') }}
    where not is_counted
)

select
    md5(concat_ws('|', paper_id, section, start_char, entity_id)) as mention_id,
    paper_id,
    entity_id,
    entity_type,
    section,
    start_char,
    end_char,
    surface,
    sentence_start,
    sentence_end,
    ambiguity
from mentions
order by entity_id, paper_id, section, start_char
