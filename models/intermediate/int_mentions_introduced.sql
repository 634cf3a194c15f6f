-- One row a paper and entity that the paper introduces: its title opens with the name and a colon,
-- or a sentence says that the paper proposes it.

with

mentions as (
    select * from {{ ref('int_mentions_resolved') }}
    where is_counted
),

papers as (
    select * from {{ ref('int_papers_deduplicated') }}
),

before_each as (

    select
        mentions.paper_id,
        mentions.entity_id,
        mentions.section,
        mentions.start_char,
        substr(papers.title, mentions.end_char + 1, 1) as character_after,
        case
            when mentions.section = 'abstract'
                then substr(
                    papers.abstract,
                    greatest(mentions.sentence_start, mentions.start_char - 120) + 1,
                    mentions.start_char - greatest(mentions.sentence_start, mentions.start_char - 120)
                )
        end as words_before
    from mentions
    inner join papers on mentions.paper_id = papers.paper_id

),

-- what stands between "we propose" and the name; null where nothing of the kind does
announced as (

    select
        *,
        regexp_extract(
            words_before,
            '\b(?:we|(?:this|our) (?:paper|work|article|study))\s+(?:[a-z]+\s+)?'
            || '(?:propose|introduce|present|release|develop|design|construct|build|devise|contribute)s?'
            || '((?:\s+[a-z0-9-]+){0,8}\s+)$',
            1,
            'i'
        ) as words_between
    from before_each

)

select distinct
    paper_id,
    entity_id
from announced
where
    (section = 'title' and start_char = 0 and character_after = ':')
    or (
        words_between <> ''
        -- "we propose a method for BERT" introduces the method, not BERT
        and not regexp_matches(
            words_between,
            '\b(?:on|with|from|to|for|using|by|in|of|that|and|based|called|over|into)\b',
            'i'
        )
    )
