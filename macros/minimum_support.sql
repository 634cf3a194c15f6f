{#- Papers from which on a share is more than an anecdote; see _macros.yml. -#}
{% macro minimum_support() %}5{% endmacro %}

{#- The share of false alarms among alarms that trends and change points allow; see _macros.yml. -#}
{% macro false_discovery_rate() %}0.05{% endmacro %}
