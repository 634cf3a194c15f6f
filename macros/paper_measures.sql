{#- The counts that every share is made of, over rows of one entity (or line) and paper; see _macros.yml. -#}
{% macro paper_measures() -%}
    sum(mention_count)::bigint as mention_count,
    count(*) as paper_count,
    count(*) filter (where is_introduced) as introducing_paper_count,
    count(*) filter (where not is_introduced) as adopting_paper_count,
    count(*) filter (where has_abstract) as share_paper_count,
    count(*) filter (where has_abstract and not is_introduced) as share_adopting_paper_count
{%- endmacro %}

{#- The shares of those counts with their intervals; see _macros.yml. -#}
{% macro paper_shares(counted, eligible) -%}
    {{ counted }}.share_paper_count::double / nullif({{ eligible }}, 0) as paper_share,
    {{ wilson_low(counted ~ '.share_paper_count', eligible) }} as paper_share_low,
    {{ wilson_high(counted ~ '.share_paper_count', eligible) }} as paper_share_high,
    {{ counted }}.share_adopting_paper_count::double / nullif({{ eligible }}, 0) as adoption_share,
    {{ wilson_low(counted ~ '.share_adopting_paper_count', eligible) }} as adoption_share_low,
    {{ wilson_high(counted ~ '.share_adopting_paper_count', eligible) }} as adoption_share_high,
    {{ counted }}.share_paper_count >= {{ minimum_support() }} as has_support
{%- endmacro %}
