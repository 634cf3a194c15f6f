{#- Every period of every length with its eligible papers, for tables that hold all lengths; see _macros.yml. -#}
{% macro eligible_by_period() -%}
    select
        'all' as period,
        null::date as period_start,
        null::boolean as is_complete,
        sum(eligible_paper_count)::bigint as eligible_paper_count
    from {{ ref('corpus_year_counts') }}
    {%- for period in ['year', 'quarter', 'month'] %}

    union all

    select
        '{{ period }}' as period,
        published_{{ period }} as period_start,
        is_complete,
        eligible_paper_count
    from {{ ref('corpus_' ~ period ~ '_counts') }}
    {%- endfor %}
{%- endmacro %}

{#- The start of a row's period, of which the length is in a column; see _macros.yml. -#}
{% macro period_start(period, published_on, published_precision) -%}
    case {{ period }}
        when 'year' then {{ published_period(published_on, published_precision, 'year') }}
        when 'quarter' then {{ published_period(published_on, published_precision, 'quarter') }}
        when 'month' then {{ published_period(published_on, published_precision, 'month') }}
    end
{%- endmacro %}
