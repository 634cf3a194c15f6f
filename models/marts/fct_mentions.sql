with

mentions as (
    select * from {{ ref('int_mentions_resolved') }}
    where is_counted
),

introductions as (
    select * from {{ ref('int_mentions_introduced') }}
),

methods as (
    select * from {{ ref('match_methods') }}
)

select
    md5(concat_ws('|', mentions.paper_id, mentions.section, mentions.start_char, mentions.entity_id)) as mention_id,
    mentions.paper_id,
    mentions.entity_id,
    mentions.entity_type,
    mentions.section,
    mentions.start_char,
    mentions.end_char,
    mentions.surface,
    mentions.sentence_start,
    mentions.sentence_end,
    mentions.match_method,
    mentions.alias,
    introductions.paper_id is not null as is_introduced,
    methods.confidence
from mentions
left join introductions
    on
        mentions.paper_id = introductions.paper_id
        and mentions.entity_id = introductions.entity_id
left join methods on mentions.match_method = methods.match_method
order by mentions.entity_id, mentions.paper_id
