{#- The version behind a listed name that no list has; see _macros.yml. -#}
{% macro unlisted_version(surface, alias, entity_type) -%}
    {%- set tier = '(?:opus|sonnet|haiku|pro|ultra|flash(?:[- ]lite)?|lite|nano|mini|turbo|max|plus|omni|'
        ~ 'thinking|preview|coder|codex|reasoner|math|vl|vision|audio)' -%}
    {%- set number = '(?:' ~ tier ~ '[-_ ])?(?:[vrkmo][- ]?)?[0-9]{1,2}(?:\\.[0-9]{1,2})*[aeilnoprtuv]?'
        ~ '(?:[-_ ]' ~ tier ~ ')*' -%}
    {%- set greek = {'α': 'alpha', 'β': 'beta', 'γ': 'gamma', 'π': 'pi', 'σ': 'sigma', 'ω': 'omega'} -%}
    {%- set rest = namespace(sql='lower(substr(' ~ surface ~ ', length(' ~ alias ~ ') + 1))') -%}
    {%- for letter, name in greek.items() -%}
        {%- set rest.sql = "replace(" ~ rest.sql ~ ", '" ~ letter ~ "', '" ~ name ~ "')" -%}
    {%- endfor -%}
    nullif(
        case
            -- "Qwen 2.5" is the listed "Qwen2.5" with a space in it
            when
                translate(lower(left({{ surface }}, length({{ alias }}))), '-_', '  ')
                <> translate(lower({{ alias }}), '-_', '  ')
                then ''
            when {{ entity_type }} = 'model' then regexp_extract(
                {{ rest.sql }},
                '^[-_ $\\]*({{ number }}|{{ greek.values() | join('|') }})s?(?:[^a-z0-9.]|$)',
                1
            )
            when {{ entity_type }} = 'dataset' then regexp_extract(
                {{ rest.sql }},
                $$^[-_ ']*((?:[0-9]{2}){1,2})$$ || '$',
                1
            )
            else ''
        end,
        ''
    )
{%- endmacro %}
