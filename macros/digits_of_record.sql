{#- The key of a record in hexadecimal digits, without leading zeros; see _macros.yml. -#}
{% macro digits_of_record(record_hash) -%}
    {#- the lake, which Spark reads, holds the key as 32 such digits -#}
    {{ "regexp_replace(%s, '^0+', '')" % record_hash if target.type == 'spark' else 'hex(%s)' % record_hash }}
{%- endmacro %}
