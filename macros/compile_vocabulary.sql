{#- The key of a vocabulary compiled from two relations; see _macros.yml. -#}
{% macro compile_vocabulary(aliases, cues) -%}
    compile_vocabulary({{ vocabulary_aliases(aliases) }}, {{ vocabulary_cues(cues) }})
{%- endmacro %}

{% macro vocabulary_aliases(aliases) -%}
    (
        select list({
            'alias_id': alias_id,
            'alias': alias,
            'entity_type': entity_type,
            'case_rule': case_rule,
            'ambiguity': ambiguity
        })
        from {{ aliases }}
    )
{%- endmacro %}

{% macro vocabulary_cues(cues) -%}
    (
        select list({'cue': cue, 'entity_type': entity_type, 'position': position})
        from {{ cues }}
    )
{%- endmacro %}
