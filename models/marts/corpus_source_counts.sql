-- One row a source: what became of its records, and how complete its papers are.

with

read as (
    select * from {{ ref('int_sources_read') }}
),

records as (
    select * from {{ ref('int_papers_identified') }}
),

papers as (
    select * from {{ ref('dim_papers') }}
),

entity_papers as (
    select * from {{ ref('int_entity_papers') }}
),

accepted as (
    select
        source_name,
        count(*) as accepted_count
    from records
    group by source_name
),

named as (
    select
        paper_id,
        sum(mention_count) as mention_count
    from entity_papers
    group by paper_id
),

counted as (
    select
        papers.source_name,
        count(*) as paper_count,
        count(*) filter (where papers.has_abstract) as eligible_paper_count,
        count(papers.published_on) as dated_paper_count,
        count(*) filter (where papers.published_precision in ('day', 'month')) as month_dated_paper_count,
        count(papers.venue) as venue_paper_count,
        count(papers.url) as url_paper_count,
        count(named.mention_count) as naming_paper_count,
        count(named.mention_count) filter (where papers.has_abstract) as share_naming_paper_count,
        coalesce(sum(named.mention_count), 0)::bigint as mention_count,
        min(papers.published_on) as first_published_on,
        arg_min(papers.published_precision, (papers.published_on, papers.published_precision))
            as first_published_precision,
        max(papers.published_on) as last_published_on,
        arg_max(papers.published_precision, (papers.published_on, papers.published_precision))
            as last_published_precision
    from papers
    left join named on papers.paper_id = named.paper_id
    group by papers.source_name
)

select
    coalesce(read.source_name, counted.source_name, accepted.source_name) as source_name,
    coalesce(read.load_count, 0) as load_count,
    read.last_loaded_at,
    coalesce(read.read_count, 0) as read_count,
    coalesce(read.rejected_count, 0) as rejected_count,
    coalesce(read.known_count, 0) as known_count,
    coalesce(read.landed_count, 0) as landed_count,
    coalesce(read.refused_count, 0) as refused_count,
    coalesce(accepted.accepted_count, 0) as accepted_count,
    coalesce(accepted.accepted_count, 0) - coalesce(counted.paper_count, 0) as merged_count,
    coalesce(counted.paper_count, 0) as paper_count,
    coalesce(counted.eligible_paper_count, 0) as eligible_paper_count,
    coalesce(counted.dated_paper_count, 0) as dated_paper_count,
    coalesce(counted.month_dated_paper_count, 0) as month_dated_paper_count,
    coalesce(counted.venue_paper_count, 0) as venue_paper_count,
    coalesce(counted.url_paper_count, 0) as url_paper_count,
    coalesce(counted.naming_paper_count, 0) as naming_paper_count,
    coalesce(counted.share_naming_paper_count, 0) as share_naming_paper_count,
    coalesce(counted.mention_count, 0) as mention_count,
    counted.first_published_on,
    counted.first_published_precision,
    counted.last_published_on,
    counted.last_published_precision
from read
full outer join accepted on read.source_name = accepted.source_name
full outer join counted on coalesce(read.source_name, accepted.source_name) = counted.source_name
order by source_name
