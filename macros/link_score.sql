{#- How sure a link of this method is; see _macros.yml. -#}
{% macro link_score(link_method) -%}
    case {{ link_method }}
        when 'identifier' then 1.0
        when 'title_author' then 0.99
        when 'title_text' then 0.99
        when 'title_year' then 0.98
    end::double
{%- endmacro %}
