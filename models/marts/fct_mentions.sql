-- One row an occurrence of an entity's name in a title or an abstract.

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
    mentions.definition_rule,
    case
        when mentions.entity_type = 'model' then nullif(
            upper(regexp_extract(
                mentions.surface,
                '(?i)[-_ ]([0-9]+(?:[.][0-9]+)?(?:x[0-9]+(?:[.][0-9]+)?)?[BM](?:[-_]A[0-9.]+B)?)(?:[^a-z0-9]|$)',
                1
            )),
            ''
        )
    end as model_size,
    introductions.paper_id is not null as is_introduced,
    methods.confidence
from mentions
left join introductions
    on
        mentions.paper_id = introductions.paper_id
        and mentions.entity_id = introductions.entity_id
left join methods on mentions.match_method = methods.match_method
order by mentions.entity_id, mentions.paper_id, mentions.section, mentions.start_char
