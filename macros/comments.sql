{#- The descriptions of a relation and its columns as comments in the file; see _macros.yml. -#}
{% macro comments(relation, model) -%}
    {%- if config.persist_relation_docs() and model.description %}
        comment on {{ relation.type }} {{ relation }} is {{ duckdb_escape_comment(model.description) }};
    {%- endif %}
    {%- if config.persist_column_docs() %}
        {%- for column in model.columns.values() if column.description %}
            comment on column {{ relation }}.{{ adapter.quote(column.name) }}
            is {{ duckdb_escape_comment(column.description) }};
        {%- endfor %}
    {%- endif %}
{%- endmacro %}

{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- set statements = comments(relation, model) | trim -%}
    {%- if statements %}
        {% do run_query(statements) %}
    {%- endif %}
{%- endmacro %}
