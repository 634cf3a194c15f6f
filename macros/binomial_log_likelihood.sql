{#- The largest log-likelihood of successes among trials, up to a constant; see _macros.yml. -#}
{% macro binomial_log_likelihood(successes, trials) -%}
    (
        coalesce({{ successes }} * ln({{ successes }} / nullif({{ trials }}, 0)::double), 0)
        + coalesce(
            ({{ trials }} - {{ successes }}) * ln(({{ trials }} - {{ successes }}) / nullif({{ trials }}, 0)::double),
            0
        )
    )
{%- endmacro %}
