{#- "true" where this model may take over rows of the table that it was before; see _macros.yml. -#}
{% macro is_kept() -%}
    {%- if execute and target.type == 'duckdb' and not should_full_refresh() and load_relation(this) is not none -%}
        {%- set same_rules -%}
            select coalesce(bool_and(rules_key = {{ rules_key() }}), false) from {{ this }}
        {%- endset -%}
        {{ 'true' if run_query(same_rules).columns[0].values()[0] }}
    {%- endif -%}
{%- endmacro %}

{#- A digest of the engine and of this model: what rows depend on beside the tables that it reads. -#}
{% macro rules_key() -%}
    {{ 'engine_key() || ' if target.type == 'duckdb' }}'{{ local_md5(model.raw_code) if execute }}'
{%- endmacro %}
