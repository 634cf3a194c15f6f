{#- A table made new within one transaction; see _macros.yml. -#}
{% materialization table, adapter='duckdb' %}

    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set next_relation = make_intermediate_relation(target_relation) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {#- under another name first: a model may read what it was before -#}
    {% call statement('main') -%}
        {{ create_table_as(False, next_relation, compiled_code) }};
        {%- if existing_relation is not none %}
            drop {{ existing_relation.type }} {{ existing_relation }};
        {%- endif %}
        alter table {{ next_relation }} rename to {{ target_relation.identifier }};
        {{ comments(target_relation, model) }}
    {%- endcall %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_relation]}) }}

{% endmaterialization %}
