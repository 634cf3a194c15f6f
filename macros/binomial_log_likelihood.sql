{#- The largest log-likelihood of successes among trials, up to a constant; see _macros.yml. -#}
{% macro binomial_log_likelihood(successes, trials) -%}
    (
        case
            when {{ successes }} > 0 then {{ successes }} * ln({{ successes }} / {{ trials }}::double)
            else 0
        end
        + case
            when {{ successes }} < {{ trials }}
                then
                    ({{ trials }} - {{ successes }})
                    * ln(({{ trials }} - {{ successes }}) / {{ trials }}::double)
            else 0
        end
    )
{%- endmacro %}
