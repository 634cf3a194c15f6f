{#- CTEs that end with labels (node, label): what hangs together by edges; see _macros.yml. -#}
{% macro component_labels(edges) -%}
    {{ return(adapter.dispatch('component_labels', 'papertally')(edges)) }}
{%- endmacro %}

{% macro default__component_labels(edges) -%}
labels (node, label) using key (node) as (

    select
        node,
        least(node, min(neighbour)) as label
    from {{ edges }}
    group by node
    union
    select
        {{ edges }}.node,
        min(labels.label) as label
    from labels
    inner join {{ edges }} on labels.node = {{ edges }}.neighbour
    inner join recurring.labels as known on {{ edges }}.node = known.node
    where labels.label < known.label
    group by {{ edges }}.node

)
{%- endmacro %}

{% macro spark__component_labels(edges) -%}
-- Spark cannot search on in a table that it is writing: one executor joins all edges
edge_lists as (
    select component_labels(list({'node': node, 'neighbour': neighbour})) as found
    from {{ edges }}
),

found_labels as (
    select unnest(found) as pair
    from edge_lists
),

labels as (
    select
        pair.node as node,
        pair.label as label
    from found_labels
)
{%- endmacro %}
