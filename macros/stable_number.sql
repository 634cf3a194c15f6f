{#- A positive number that depends on a text alone; see _macros.yml. -#}
{% macro stable_number(text) -%}
    {%- if target.type == 'duckdb' -%}
        (md5_number_lower({{ text }}) >> 1)::bigint
    {%- else -%}
        stable_number({{ text }})
    {%- endif -%}
{%- endmacro %}
