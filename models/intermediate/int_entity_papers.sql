-- One row an entity and paper that names it: what every count is made of.

with

mentions as (
    select * from {{ ref('int_mentions_resolved') }}
    where is_counted
),

papers as (
    select * from {{ ref('int_papers_deduplicated') }}
),

introductions as (
    select * from {{ ref('int_mentions_introduced') }}
),

counted as (
    select
        entity_id,
        paper_id,
        count(*) as mention_count,
        count(*) filter (where section = 'title') as title_mention_count
    from mentions
    group by entity_id, paper_id
)

select
    counted.entity_id,
    counted.paper_id,
    counted.mention_count,
    counted.title_mention_count,
    introductions.paper_id is not null as is_introduced,
    papers.abstract is not null as has_abstract,
    papers.published_on,
    papers.published_precision,
    papers.source_name
from counted
inner join papers on counted.paper_id = papers.paper_id
left join introductions
    on
        counted.paper_id = introductions.paper_id
        and counted.entity_id = introductions.entity_id
