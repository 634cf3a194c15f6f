{#- The key of a record in hexadecimal digits, without leading zeros; see _macros.yml. -#}
{% macro digits_of_record(record_hash) -%}
    {{ return(adapter.dispatch('digits_of_record', 'papertally')(record_hash)) }}
{%- endmacro %}

{% macro default__digits_of_record(record_hash) -%}
    hex({{ record_hash }})
{%- endmacro %}

{#- the lake holds the key as 32 such digits -#}
{% macro spark__digits_of_record(record_hash) -%}
    regexp_replace({{ record_hash }}, '^0+', '')
{%- endmacro %}
