{#- A model's CTE of exact two-sided binomial p-values; see _macros.yml. -#}
{% macro binomial_p(cases, key) -%}
    select
        {{ key }},
        least(
            1.0,
            2 * sum(
                exp(
                    lgamma(trials + 1.0) - lgamma(outcome + 1.0) - lgamma(trials - outcome + 1.0)
                    + outcome * ln(chance) + (trials - outcome) * ln(1 - chance)
                )
                order by outcome
            )
        ) as p_value
    from (
        select
            {{ key }},
            trials,
            chance,
            -- the tail on the side on which the successes lie
            unnest(
                case
                    when successes > trials * chance then generate_series(successes, trials)
                    else generate_series(0, successes)
                end
            ) as outcome
        from {{ cases }}
    )
    group by {{ key }}
{%- endmacro %}
