{#- Counts of every entity by month, quarter or year; see _macros.yml. -#}
{% macro entity_period_counts(period) -%}
with

entity_papers as (
    select * from {{ ref('int_entity_papers') }}
),

entities as (
    select * from {{ ref('dim_entities') }}
),

periods as (
    select * from {{ ref('corpus_' ~ period ~ '_counts') }}
),

-- papers whose date does not reach down to a {{ period }} share the row with the null {{ period }}
counted as (
    select
        entity_id,
        {{ published_period('published_on', 'published_precision', period) }} as published_{{ period }},
        {{ paper_measures() }}
    from entity_papers
    group by all
)

select
    counted.entity_id,
    entities.entity_type,
    counted.published_{{ period }},
    periods.is_complete,
    counted.mention_count,
    counted.paper_count,
    counted.introducing_paper_count,
    counted.adopting_paper_count,
    counted.share_paper_count,
    counted.share_adopting_paper_count,
    periods.eligible_paper_count,
    {{ paper_shares('counted', 'periods.eligible_paper_count') }}
from counted
inner join entities on counted.entity_id = entities.entity_id
inner join periods on counted.published_{{ period }} is not distinct from periods.published_{{ period }}
order by counted.entity_id, counted.published_{{ period }}
{%- endmacro %}
