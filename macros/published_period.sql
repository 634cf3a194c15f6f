{#- The first day of the month, quarter or year of a date that is known that finely; see _macros.yml. -#}
{% macro published_period(published_on, published_precision, period) -%}
    case
        when {{ published_precision }} in ({{ "'day', 'month', 'year'" if period == 'year' else "'day', 'month'" }})
            then date_trunc('{{ period }}', {{ published_on }})::date
    end
{%- endmacro %}
