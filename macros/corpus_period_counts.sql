{#- The corpus by month, quarter or year, with the denominators of every share; see _macros.yml. -#}
{% macro corpus_period_counts(period) -%}
with

papers as (
    select * from {{ ref('dim_papers') }}
),

entity_papers as (
    select * from {{ ref('int_entity_papers') }}
),

named as (
    select
        paper_id,
        sum(mention_count) as mention_count,
        count(*) filter (where is_introduced) as introduction_count
    from entity_papers
    group by paper_id
),

dated as (
    select
        papers.source_name,
        papers.has_abstract,
        papers.published_on,
        papers.first_loaded_at,
        named.mention_count,
        named.introduction_count,
        {{ published_period('papers.published_on', 'papers.published_precision', period) }} as published_{{ period }},
        -- the last day that the date may mean
        case papers.published_precision
            when 'day' then papers.published_on
            when 'month' then last_day(papers.published_on)
            when 'year' then make_date(year(papers.published_on), 12, 31)
        end as published_by
    from papers
    left join named on papers.paper_id = named.paper_id
),

loaded as (
    select max(first_loaded_at)::date as loaded_on
    from papers
),

-- the last day of which the corpus is known to hold papers; a date in the future proves nothing
covered as (
    select max(least(dated.published_by, loaded.loaded_on)) as covered_on
    from dated
    cross join loaded
    where dated.published_{{ period }} is not null and dated.published_on <= loaded.loaded_on
),

counted as (
    select
        published_{{ period }},
        count(*) as paper_count,
        count(*) filter (where has_abstract) as eligible_paper_count,
        count(mention_count) as naming_paper_count,
        count(mention_count) filter (where has_abstract) as share_naming_paper_count,
        coalesce(sum(mention_count), 0)::bigint as mention_count,
        coalesce(sum(introduction_count), 0)::bigint as introduction_count,
        count(distinct source_name) as source_count
    from dated
    group by all
)

select
    counted.published_{{ period }},
    (counted.published_{{ period }} + interval 1 {{ period }})::date - 1 <= covered.covered_on as is_complete,
    counted.paper_count,
    counted.eligible_paper_count,
    counted.naming_paper_count,
    counted.share_naming_paper_count,
    counted.mention_count,
    counted.introduction_count,
    counted.source_count
from counted
cross join covered
order by counted.published_{{ period }}
{%- endmacro %}
