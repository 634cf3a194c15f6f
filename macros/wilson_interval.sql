{#- Wilson's score interval for a share; see _macros.yml. -#}
{% macro wilson_low(successes, trials) -%}
    greatest(0.0, {{ _wilson_centre(successes, trials) }} - {{ _wilson_half_width(successes, trials) }})
{%- endmacro %}

{% macro wilson_high(successes, trials) -%}
    least(1.0, {{ _wilson_centre(successes, trials) }} + {{ _wilson_half_width(successes, trials) }})
{%- endmacro %}

{% macro _wilson_centre(successes, trials) -%}
    (({{ successes }} + 1.9207294) / nullif({{ trials }} + 3.8414588, 3.8414588))
{%- endmacro %}

{% macro _wilson_half_width(successes, trials) -%}
    (
        1.959964 * sqrt(
            {{ successes }} * ({{ trials }} - {{ successes }})::double / nullif({{ trials }}, 0) + 0.9603647
        ) / nullif({{ trials }} + 3.8414588, 3.8414588)
    )
{%- endmacro %}
