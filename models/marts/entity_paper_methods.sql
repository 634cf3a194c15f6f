-- One row an entity, paper that names it, and way in which the names in it were found.

with

mentions as (
    select * from {{ ref('fct_mentions') }}
),

entity_papers as (
    select * from {{ ref('entity_papers') }}
),

counted as (
    select
        entity_id,
        paper_id,
        match_method,
        count(*) as mention_count,
        count(*) filter (where section = 'title') as title_mention_count
    from mentions
    group by entity_id, paper_id, match_method
)

select
    entity_papers.entity_id,
    entity_papers.entity_type,
    entity_papers.origin,
    entity_papers.paper_id,
    counted.match_method,
    entity_papers.source_name,
    entity_papers.published_on,
    entity_papers.published_month,
    entity_papers.published_quarter,
    entity_papers.published_year,
    entity_papers.has_abstract,
    entity_papers.is_introduced,
    counted.mention_count,
    counted.title_mention_count
from counted
inner join entity_papers
    on
        counted.entity_id = entity_papers.entity_id
        and counted.paper_id = entity_papers.paper_id
order by entity_papers.entity_id, entity_papers.published_on, entity_papers.paper_id, counted.match_method
