{#- Fails with the rows of which the expression is false or null. -#}
{% test expression_is_true(model, expression, column_name=none) %}

select *
from {{ model }}
where coalesce(not ({{ column_name or '' }} {{ expression }}), true)

{% endtest %}
