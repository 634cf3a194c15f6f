{#- A vocabulary in one row, beside the one before it; see _macros.yml. -#}
{% macro listed_vocabulary(aliases, cues) -%}
with

aliases as (
    select * from {{ aliases }}
),

cues as (
    select * from {{ cues }}
),

now as (

    select {{ compile_vocabulary('aliases', 'cues') }} as vocabulary_key

)

{% if is_kept() -%}
, before as (

    select known.*
    from {{ this }} as known
    where known.vocabulary_key not in (select now.vocabulary_key from now)
    qualify row_number() over (order by known.version desc) = 1

)
{%- endif %}

select
    now.vocabulary_key,
    {{ rules_key() }} as rules_key,
    {% if is_kept() -%}
    (select coalesce(max(known.version), 0) + 1 from {{ this }} as known) as version,
    {%- else -%}
    1 as version,
    {%- endif %}
    true as is_current,
    {{ vocabulary_aliases('aliases') }} as aliases,
    {{ vocabulary_cues('cues') }} as cues
from now

{% if is_kept() -%}
union all

select
    before.vocabulary_key,
    before.rules_key,
    before.version,
    false as is_current,
    before.aliases,
    before.cues
from before
{%- endif %}
{%- endmacro %}
