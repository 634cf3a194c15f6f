{#- The best of the identities of one group; see _macros.yml. -#}
{% macro best_identity(identity) -%}
    arg_min(
        {{ identity }},
        case split_part({{ identity }}, ':', 1)
            when 'arxiv' then '1'
            when 'doi' then '2'
            when 'acl' then '3'
            when 'openreview' then '4'
            when 'source' then '5'
            else '6'
        end || {{ identity }}
    )
{%- endmacro %}
