{#- The base arXiv identifier (version stripped) in an identifier or a link; null where there is none. -#}
{% macro arxiv_id(identifier, link) -%}
    coalesce(
        nullif(regexp_extract({{ identifier }}, '^(?:arxiv:|(?:doi:)?10\.48550/arxiv\.)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?$', 1, 'i'), ''),
        nullif(regexp_extract({{ link }}, '(?:arxiv\.org/(?:abs|pdf)|huggingface\.co/papers|10\.48550/arxiv\.)[./]?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})', 1, 'i'), '')
    )
{%- endmacro %}
