{% macro changes_models() %}
    {%- do return(target.type == 'duckdb' and flags.WHICH != 'test') -%}
{% endmacro %}

{% macro note_unfinished() -%}
    insert into raw.last_build values ('unfinished', (now() at time zone 'UTC')::timestamp)
{%- endmacro %}

{#- A build of Papertally leaves the tests out and asks them itself: it says when it is whole. -#}
{% macro is_whole_build(results) %}
    {%- set asked = invocation_args_dict -%}
    {%- set parts = ['select', 'exclude', 'resource_types', 'exclude_resource_types', 'selector'] -%}
    {%- set given = [] -%}
    {%- for part in parts if asked.get(part) -%} {%- do given.append(part) -%} {%- endfor -%}
    {%- set failed = results | rejectattr('status', 'in', ['success', 'pass', 'warn', 'no-op']) | list -%}
    {%- do return(target.type == 'duckdb' and flags.WHICH == 'build' and not given and not failed) -%}
{% endmacro %}
