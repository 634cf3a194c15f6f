{#- One row a paper with the names of a vocabulary in its texts; see _macros.yml. -#}
{% macro matched_papers(papers, vocabularies) -%}
    {%- set is_kept = is_kept() %}

    with

    papers as (
        select * from {{ papers }}
    ),

    vocabularies as (
        select
            is_current,
            compile_vocabulary(aliases, cues) as vocabulary_key
        from {{ vocabularies }}
    ),

    today as (
        select vocabulary_key from vocabularies
        where is_current
    )

    {%- if is_kept %}
    , known as (
        select * from {{ this }}
    ),

    before as (
        select vocabulary_key from vocabularies
        where not is_current
    ),

    -- a text that holds no name in which the two vocabularies differ has the same names in both
    unaffected as (

        select papers.paper_id
        from papers
        cross join before
        cross join today
        where
            exists (
                select 1 from known
                where
                    known.paper_id = papers.paper_id
                    and known.content_hash = papers.content_hash
                    and known.vocabulary_key = before.vocabulary_key
            )
            and not may_differ(papers.title, before.vocabulary_key, today.vocabulary_key)
            and not may_differ(papers.abstract, before.vocabulary_key, today.vocabulary_key)

        union all

        select known.paper_id
        from known
        inner join today on known.vocabulary_key = today.vocabulary_key
        where exists (
            select 1 from papers
            where papers.paper_id = known.paper_id and papers.content_hash = known.content_hash
        )

    )
    {%- endif %}

    select
        papers.paper_id,
        papers.content_hash,
        {{ rules_key() }} as rules_key,
        today.vocabulary_key,
        find_mentions(papers.title, today.vocabulary_key) as title_mentions,
        find_mentions(papers.abstract, today.vocabulary_key) as abstract_mentions
    from papers
    cross join today
    {% if is_kept -%}
    where papers.paper_id not in (select unaffected.paper_id from unaffected)

    union all

    select
        known.paper_id,
        known.content_hash,
        known.rules_key,
        today.vocabulary_key,
        known.title_mentions,
        known.abstract_mentions
    from known
    cross join today
    where known.paper_id in (select unaffected.paper_id from unaffected)
    {%- endif %}
{%- endmacro %}
