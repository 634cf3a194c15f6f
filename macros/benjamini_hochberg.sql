{#- A model's CTE of Benjamini-Hochberg adjusted p-values; see _macros.yml. -#}
{% macro benjamini_hochberg(tested, family, key) -%}
    select
        {{ family }},
        {{ key }},
        p_value,
        tested_count,
        least(1.0, min(p_value * tested_count / p_rank) over (
            partition by {{ family }}
            order by p_value desc, {{ key }} desc
            rows between unbounded preceding and current row
        )) as q_value
    from (
        select
            {{ family }},
            {{ key }},
            p_value,
            count(*) over (partition by {{ family }}) as tested_count,
            row_number() over (partition by {{ family }} order by p_value, {{ key }}) as p_rank
        from {{ tested }}
    )
{%- endmacro %}
