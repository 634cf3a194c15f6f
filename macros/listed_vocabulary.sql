{#- A vocabulary in one row, beside the one before it; see _macros.yml. -#}
{% macro listed_vocabulary(aliases, cues) -%}
    {%- set is_kept = is_kept() %}

    with

    aliases as (
        select * from {{ aliases }}
    ),

    cues as (
        select * from {{ cues }}
    ),

    today as (

        select
            {{ compile_vocabulary('aliases', 'cues') }} as vocabulary_key,
            {{ vocabulary_aliases('aliases') }} as aliases,
            {{ vocabulary_cues('cues') }} as cues

    )

    select
        today.vocabulary_key,
        {{ rules_key() }} as rules_key,
        true as is_current,
        today.aliases,
        today.cues
    from today

    {%- if is_kept %}

        union all

        -- what was current and is another, or else what was before already
        select
            known.vocabulary_key,
            known.rules_key,
            false as is_current,
            known.aliases,
            known.cues
        from {{ this }} as known
        where known.vocabulary_key not in (select today.vocabulary_key from today)
        qualify row_number() over (order by known.is_current desc) = 1
    {%- endif %}
{%- endmacro %}
