{#- Identifiers as sources spell them, in one spelling; see _macros.yml. -#}

{% macro arxiv_id(identifier, link) -%}
    lower(coalesce(
        nullif(regexp_extract({{ identifier }}, '^\s*(?:arxiv:\s*|(?:doi:\s*)?10\.48550/arxiv\.)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\s*$', 1, 'i'), ''),
        nullif(regexp_extract({{ link }}, '(?:arxiv\.org/(?:abs|pdf|html)|huggingface\.co/papers|10\.48550/arxiv\.)[./]?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})', 1, 'i'), '')
    ))
{%- endmacro %}

{% macro doi_in_address(address) -%}
    {#- an address whose signs do not decode to text holds no DOI; what no DOI holds is taken out -#}
    nullif(regexp_replace(
        try(url_decode(regexp_extract({{ address }}, 'doi\.org/(10\.\d{4,9}(?:/|%2F)[^\s?#]+)', 1, 'i'))),
        '[\x00-\x20]+', '', 'g'
    ), '')
{%- endmacro %}

{% macro doi(identifier, link) -%}
    nullif(rtrim(lower(coalesce(
        nullif(regexp_extract({{ identifier }}, '^\s*(?:doi:\s*)?(10\.\d{4,9}/\S+)\s*$', 1, 'i'), ''),
        {{ doi_in_address(identifier) }},
        {{ doi_in_address(link) }}
    )), '.,;'), '')
{%- endmacro %}

{% macro acl_id(identifier, link) -%}
    coalesce(
        nullif(regexp_extract({{ identifier }}, '^\s*(?:acl:\s*|10\.(?:18653|3115)/v1/)?(\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+)\s*$', 1), ''),
        upper(nullif(regexp_extract({{ identifier }}, '^\s*(?:acl:\s*|10\.(?:18653|3115)/v1/)?([A-Z]\d{2}-\d{4,5})\s*$', 1, 'i'), '')),
        nullif(regexp_extract({{ link }}, '(?:aclanthology\.org|aclweb\.org/anthology)/(?:[A-Z]/[A-Z]\d\d/)?([A-Za-z0-9_.-]+?\d)(?:\.pdf|/)?$', 1), '')
    )
{%- endmacro %}

{% macro title_key(title) -%}
    nullif(regexp_replace(strip_accents(lower(nfc_normalize({{ title }}))), '[^\p{L}\p{M}\p{N}]+', '', 'g'), '')
{%- endmacro %}
