-- One row a landed record of an accepted load, under the best identity known for its work.

with

papers as (
    select * from {{ ref('int_papers_normalised') }}
),

linked as (
    select * from {{ ref('int_identifiers_linked') }}
),

joined as (
    select * from {{ ref('int_works_joined') }}
),

keyed as (

    select
        papers.*,
        coalesce(linked.work_key, papers.stated_key) as work_key,
        coalesce(joined.joined_key, linked.work_key, papers.stated_key) as paper_key,
        coalesce(linked.is_contested, false) as is_contested,
        coalesce(joined.link_method, 'identifier') as link_method
    from papers
    left join linked on papers.stated_key = linked.stated_key
    left join joined on coalesce(linked.work_key, papers.stated_key) = joined.work_key

),

-- works without any identifier that share a title and were not joined need names of their own
untitled as (

    select distinct
        stated_key as paper_key,
        case
            when min(paper_key) over same_title = max(paper_key) over same_title then title_hash
            else md5(stated_key)
        end as title_id
    from keyed
    where stated_key = paper_key and split_part(paper_key, ':', 1) in ('text', 'record')
    window same_title as (partition by title_hash)

)

select
    case
        when keyed.paper_key like 'source:%' then substr(keyed.paper_key, length('source:') + 1)
        when untitled.title_id is not null then 'title:' || untitled.title_id
        else keyed.paper_key
    end as paper_id,
    keyed.record_hash,
    keyed.load_id,
    keyed.stated_key,
    keyed.work_key,
    keyed.is_contested,
    keyed.link_method,
    keyed.source_name,
    keyed.source_paper_id,
    keyed.has_abstract,
    keyed.published_on,
    keyed.published_precision,
    keyed.published_kind,
    keyed.updated_on,
    keyed.text_version,
    keyed.upvotes,
    keyed.loaded_at
from keyed
left join untitled on keyed.paper_key = untitled.paper_key
