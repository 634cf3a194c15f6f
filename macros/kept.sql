{#- Whether this model may take over rows of the table that it was before; see _macros.yml. -#}
{% macro is_kept() -%}
    {{ return(adapter.dispatch('is_kept')()) }}
{%- endmacro %}

{% macro default__is_kept() -%}
    {{ return(false) }}
{%- endmacro %}

{% macro duckdb__is_kept() -%}
    {%- if not execute or should_full_refresh() or load_relation(this) is none -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set same_rules -%}
        select coalesce(bool_and(rules_key = {{ rules_key() }}), false) from {{ this }}
    {%- endset -%}
    {{ return(run_query(same_rules).columns[0].values()[0]) }}
{%- endmacro %}

{#- A digest of the engine and of this model: what rows depend on beside the tables that it reads. -#}
{% macro rules_key() -%}
    {{ return(adapter.dispatch('rules_key')()) }}
{%- endmacro %}

{% macro default__rules_key() -%}
    '{{ local_md5(model.raw_code) }}'
{%- endmacro %}

{% macro duckdb__rules_key() -%}
    engine_key() || '{{ local_md5(model.raw_code) }}'
{%- endmacro %}
