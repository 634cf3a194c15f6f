{#- Papers by month or year, the denominators of every share; see _macros.yml. -#}
{% macro corpus_period_counts(period) -%}
with

papers as (
    select * from {{ ref('dim_papers') }}
)

select
    {{ published_period('published_on', 'published_precision', period) }} as published_{{ period }},
    count(*) as paper_count,
    count(*) filter (where has_abstract) as eligible_paper_count
from papers
group by all
{%- endmacro %}
