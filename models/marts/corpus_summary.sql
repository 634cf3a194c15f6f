-- One row: the corpus in numbers.

with

papers as (
    select * from {{ ref('dim_papers') }}
),

entity_papers as (
    select * from {{ ref('int_entity_papers') }}
),

months as (
    select * from {{ ref('corpus_month_counts') }}
),

written as (
    select
        count(*) as paper_count,
        count(*) filter (where has_abstract) as eligible_paper_count,
        count(published_on) as dated_paper_count,
        count(distinct source_name) as source_count,
        coalesce(sum(record_count), 0)::bigint as record_count,
        min(published_on) as first_published_on,
        arg_min(published_precision, (published_on, published_precision)) as first_published_precision,
        max(published_on) as last_published_on,
        arg_max(published_precision, (published_on, published_precision)) as last_published_precision,
        max(first_loaded_at) as last_loaded_at
    from papers
),

named as (
    select
        count(distinct entity_id) as named_entity_count,
        count(distinct entity_id) filter (where is_introduced) as introduced_entity_count,
        coalesce(sum(mention_count), 0)::bigint as mention_count,
        count(distinct paper_id) as naming_paper_count,
        count(distinct paper_id) filter (where has_abstract) as share_naming_paper_count
    from entity_papers
),

complete as (
    select max(published_month) as last_complete_month
    from months
    where is_complete
)

select
    written.paper_count,
    written.eligible_paper_count,
    written.dated_paper_count,
    written.source_count,
    written.record_count,
    written.first_published_on,
    written.first_published_precision,
    written.last_published_on,
    written.last_published_precision,
    complete.last_complete_month,
    written.last_loaded_at,
    named.named_entity_count,
    named.introduced_entity_count,
    named.mention_count,
    named.naming_paper_count,
    named.share_naming_paper_count
from written
cross join named
cross join complete
