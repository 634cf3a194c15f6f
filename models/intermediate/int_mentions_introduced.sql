-- One row a paper and entity that the paper introduces.

with

definitions as (
    select * from {{ ref('int_definitions_resolved') }}
    where is_introduced
),

mentions as (
    select * from {{ ref('int_mentions_resolved') }}
    where is_counted
),

-- names that no rule of introduction found, where this paper shows that they are its own
shown as (
    select
        mentions.paper_id,
        mentions.entity_id
    from mentions
    inner join {{ ref('int_names_weighed') }} as weighed
        on
            mentions.paper_id = weighed.paper_id
            and mentions.alias = weighed.name
    where mentions.match_method in ('company', 'discovered') and weighed.is_own
),

papers as (
    select * from {{ ref('int_papers_deduplicated') }}
),

entities as (
    select * from {{ ref('vocabulary_entities') }}
)

select distinct
    definitions.paper_id,
    definitions.entity_id
from definitions
-- only what is also counted under that entity
inner join mentions
    on
        definitions.paper_id = mentions.paper_id
        and definitions.entity_id = mentions.entity_id
inner join papers on definitions.paper_id = papers.paper_id
left join entities on definitions.entity_id = entities.entity_id
where
    -- "we propose a Transformer" does not introduce the Transformer: a known entity is not
    -- introduced more than a year after the year that the vocabulary states
    entities.introduced_year is null
    or papers.published_on is null
    or year(papers.published_on) between entities.introduced_year - 1 and entities.introduced_year + 1

union

select
    paper_id,
    entity_id
from shown
