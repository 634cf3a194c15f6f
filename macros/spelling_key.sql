{#- A spelling as searches compare it: without case, spaces and hyphens; see _macros.yml. -#}
{% macro spelling_key(spelling) -%}
    {{ "translate(lower(%s), '%s', '')" % (spelling, ' -_\t\u2010\u2011\u2012\u2013\u2014') }}
{%- endmacro %}
