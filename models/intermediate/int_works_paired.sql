-- One row two works of one title: what speaks for and against their being one.

with

normalised as (
    select * from {{ ref('int_papers_normalised') }}
),

linked as (
    select * from {{ ref('int_identifiers_linked') }}
),

texts as (
    select
        record_hash,
        load_id,
        abstract
    from {{ ref('stg_raw__papers') }}
),

papers as (

    select
        normalised.*,
        coalesce(linked.work_key, normalised.stated_key) as work_key
    from normalised
    left join linked on normalised.stated_key = linked.stated_key

),

titled as (
    select distinct
        work_key,
        title_key
    from papers
    where title_key is not null
),

titles as (

    select
        title_key,
        count(*) as work_count,
        min(work_key) as first_work_key
    from titled
    group by title_key
    having count(*) > 1

),

-- of a title that more works share than this, every work is compared with the first alone
pairs as (

    select
        one.title_key,
        one.work_key,
        other.work_key as other_work_key,
        titles.work_count
    from titles
    inner join titled as one on titles.title_key = one.title_key
    inner join titled as other
        on
            titles.title_key = other.title_key
            and one.work_key < other.work_key
    where titles.work_count <= {{ var('common_title_works') }} or one.work_key = titles.first_work_key

),

members as (
    select work_key from pairs
    union
    select other_work_key from pairs
),

-- everything that any record of a work says
evidence as (

    select
        papers.work_key,
        list_distinct(list(papers.author_key) filter (where papers.author_key is not null)) as author_keys,
        list_distinct(flatten(list(papers.author_words) filter (where papers.author_key is not null))) as author_words,
        list_distinct(list(papers.evidence_year) filter (where papers.evidence_year is not null)) as years,
        -- years are near when these lists meet
        list_distinct(years || list_transform(years, lambda y: y + 1)) as wide_years, -- noqa: RF02
        list_distinct(list(papers.source_name) filter (where papers.source_paper_id is not null)) as own_sources,
        list_filter(
            [
                case when count(papers.arxiv_id) > 0 then 'arxiv' end,
                case when count(papers.doi) > 0 then 'doi' end,
                case when count(papers.acl_id) > 0 then 'acl' end,
                case when count(papers.openreview_id) > 0 then 'openreview' end
            ],
            lambda kind: kind is not null -- noqa: RF02
        ) as identifier_kinds,
        arg_min(
            { 'record_hash': papers.record_hash, 'load_id': papers.load_id }, papers.record_hash
        ) filter (where papers.has_abstract) as text_record
    from papers
    inner join members on papers.work_key = members.work_key
    group by papers.work_key

),

compared as (

    select
        pairs.*,
        list_sort(list_intersect(one.identifier_kinds, other.identifier_kinds))[1] as different_kind,
        coalesce(list_has_any(one.author_keys, other.author_keys), false) as is_same_author,
        array_length(one.author_words) > 0 and array_length(other.author_words) > 0
        and not list_has_any(one.author_words, other.author_words) as is_other_author,
        coalesce(list_has_any(one.wide_years, other.wide_years), false) as is_near_year,
        array_length(one.years) > 0 and array_length(other.years) > 0 and not is_near_year as is_other_year,
        coalesce(list_has_any(one.own_sources, other.own_sources), false) as is_same_source,
        length(pairs.title_key) >= {{ var('telling_title_letters') }} as is_telling,
        one.text_record,
        other.text_record as other_text_record
    from pairs
    inner join evidence as one on pairs.work_key = one.work_key
    inner join evidence as other on pairs.other_work_key = other.work_key

),

-- abstracts are compared only where nothing else decides
undecided as (

    select * from compared
    where
        different_kind is null
        and work_count <= {{ var('common_title_works') }}
        and (is_same_source or is_other_author or not is_telling or not is_near_year)
        and text_record is not null and other_text_record is not null

),

needed as (
    select text_record from undecided
    union
    select other_text_record from undecided
),

words as (

    select
        texts.record_hash,
        list_distinct(string_split_regex(lower(texts.abstract), '[^\p{L}\p{N}]+')) as words
    from texts
    inner join needed on
        texts.record_hash = needed.text_record.record_hash
        and texts.load_id = needed.text_record.load_id

),

shares as (

    select
        undecided.title_key,
        undecided.work_key,
        undecided.other_work_key,
        array_length(list_intersect(one.words, other.words))
        / array_length(list_distinct(one.words || other.words)) as text_share
    from undecided
    inner join words as one on undecided.text_record.record_hash = one.record_hash
    inner join words as other on undecided.other_text_record.record_hash = other.record_hash

),

judged as (

    select
        compared.*,
        shares.text_share,
        case
            when compared.different_kind is not null or compared.work_count > {{ var('common_title_works') }} then null
            when
                compared.is_same_author
                and (compared.is_telling or compared.is_near_year)
                and (not compared.is_same_source or (compared.is_telling and compared.is_near_year))
                then 'title_author'
            when shares.text_share >= {{ var('same_text_share') }} then 'title_text'
            when compared.is_other_author or compared.is_same_source then null
            when compared.is_telling and compared.is_near_year then 'title_year'
        end as link_method
    from compared
    left join shares on
        compared.title_key = shares.title_key
        and compared.work_key = shares.work_key
        and compared.other_work_key = shares.other_work_key

)

select
    title_key,
    work_key,
    other_work_key,
    text_share,
    link_method,
    case
        when link_method is not null then null
        when different_kind is not null then 'different_' || different_kind
        when work_count > {{ var('common_title_works') }} then 'common_title'
        when is_other_author then 'different_author'
        when is_same_source then 'same_source'
        when is_other_year then 'different_year'
        when not is_telling then 'short_title'
        else 'nothing_else_known'
    end as refusal_reason
from judged
