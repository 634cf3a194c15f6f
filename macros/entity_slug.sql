{#- The slug of a name, as in entity_id; see _macros.yml. -#}
{% macro entity_slug(name) -%}
    trim(regexp_replace(lower(strip_accents({{ name }})), '[^a-z0-9.+]+', '-', 'g'), '-')
{%- endmacro %}
