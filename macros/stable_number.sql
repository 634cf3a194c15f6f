{#- A positive number that depends on a text alone; see _macros.yml. -#}
{% macro stable_number(text) -%}
    (md5_number_lower({{ text }}) >> 1)::bigint
{%- endmacro %}
