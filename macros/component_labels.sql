{#- CTEs, the last of them labels (node, label): what hangs together by edges; see _macros.yml. -#}
{% macro component_labels(edges) -%}
    {%- if target.type == 'spark' %}

    -- Spark cannot search on in a table that it is writing: one executor joins all edges
    joined_edges as (
        select component_labels(list({'node': node, 'neighbour': neighbour})) as pairs
        from {{ edges }}
    ),

    label_pairs as (
        select unnest(pairs) as pair
        from joined_edges
    ),

    labels as (
        select
            pair.node as node,
            pair.label as label
        from label_pairs
    )
    {%- else %}

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
    {%- endif %}
{%- endmacro %}
