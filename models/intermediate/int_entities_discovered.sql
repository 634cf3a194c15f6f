-- One row an entity that no vocabulary lists, under its commonest spelling: what papers define or
-- show, and versions of listed names.

with

mentions as (
    select * from {{ ref('int_mentions_resolved') }}
    where is_counted
),

judged as (
    select * from {{ ref('int_mentions_judged') }}
),

entities as (
    select * from {{ ref('vocabulary_entities') }}
),

versions as (
    select
        entity_id,
        mode(version_name order by version_name) as version_name,
        min(parent_id) as parent_id
    from judged
    where is_counted and parent_id is not null
    group by entity_id
),

named as (
    select
        mentions.entity_id,
        mentions.entity_type,
        coalesce(versions.version_name, mentions.alias) as entity_name,
        versions.parent_id,
        count(distinct mentions.paper_id) as paper_count
    from mentions
    left join versions on mentions.entity_id = versions.entity_id
    where mentions.entity_id not in (select entities.entity_id from entities)
    group by all
)

select
    entity_id,
    entity_type,
    entity_name,
    parent_id
from named
qualify row_number() over (partition by entity_id order by paper_count desc, entity_name asc) = 1
