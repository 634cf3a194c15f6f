-- One row a window and entity named in it or in the window before: rising, falling, steady, new or sparse.

with

entity_papers as (
    select * from {{ ref('entity_papers') }}
    where has_abstract
),

entities as (
    select * from {{ ref('dim_entities') }}
),

months as (
    select
        published_month as period_start,
        eligible_paper_count,
        is_complete
    from {{ ref('corpus_month_counts') }}
    where published_month is not null
),

years as (
    select
        published_year as period_start,
        eligible_paper_count,
        is_complete
    from {{ ref('corpus_year_counts') }}
    where published_year is not null
),

-- a window ends with the newest complete month or year, and the one before it is as long
windows as (

    select
        lengths.window_name,
        (max(months.period_start) + interval 1 month - to_months(2 * lengths.month_count))::date as before_start_on,
        (max(months.period_start) + interval 1 month - to_months(lengths.month_count))::date as current_start_on,
        (max(months.period_start) + interval 1 month)::date as next_start_on
    from months
    cross join (values ('three_months', 3), ('twelve_months', 12)) as lengths (window_name, month_count)
    where months.is_complete
    group by lengths.window_name, lengths.month_count

    union all

    select
        'calendar_year' as window_name,
        (max(period_start) - interval 1 year)::date as before_start_on,
        max(period_start) as current_start_on,
        (max(period_start) + interval 1 year)::date as next_start_on
    from years
    where is_complete
    having max(period_start) is not null

),

-- by month, except where a year is all that many papers say
window_papers as (

    select
        windows.window_name,
        coalesce(sum(months.eligible_paper_count) filter (
            where months.period_start >= windows.current_start_on
        ), 0)::bigint as current_eligible_count,
        coalesce(sum(months.eligible_paper_count) filter (
            where months.period_start < windows.current_start_on
        ), 0)::bigint as before_eligible_count
    from windows
    inner join months
        on
            windows.before_start_on <= months.period_start
            and windows.next_start_on > months.period_start
    where windows.window_name != 'calendar_year'
    group by windows.window_name

    union all

    select
        windows.window_name,
        coalesce(sum(years.eligible_paper_count) filter (
            where years.period_start = windows.current_start_on
        ), 0)::bigint as current_eligible_count,
        coalesce(sum(years.eligible_paper_count) filter (
            where years.period_start = windows.before_start_on
        ), 0)::bigint as before_eligible_count
    from windows
    inner join years on years.period_start in (windows.before_start_on, windows.current_start_on)
    where windows.window_name = 'calendar_year'
    group by windows.window_name

),

named as (

    select
        windows.window_name,
        entity_papers.entity_id,
        count(*) filter (where entity_papers.published_month >= windows.current_start_on) as current_paper_count,
        count(*) filter (where entity_papers.published_month < windows.current_start_on) as before_paper_count,
        count(*) filter (
            where entity_papers.published_month >= windows.current_start_on and entity_papers.is_introduced
        ) as current_introducing_paper_count
    from windows
    inner join entity_papers
        on
            windows.before_start_on <= entity_papers.published_month
            and windows.next_start_on > entity_papers.published_month
    where windows.window_name != 'calendar_year'
    group by windows.window_name, entity_papers.entity_id

    union all

    select
        windows.window_name,
        entity_papers.entity_id,
        count(*) filter (where entity_papers.published_year = windows.current_start_on) as current_paper_count,
        count(*) filter (where entity_papers.published_year = windows.before_start_on) as before_paper_count,
        count(*) filter (
            where entity_papers.published_year = windows.current_start_on and entity_papers.is_introduced
        ) as current_introducing_paper_count
    from windows
    inner join entity_papers on entity_papers.published_year in (windows.before_start_on, windows.current_start_on)
    where windows.window_name = 'calendar_year'
    group by windows.window_name, entity_papers.entity_id

),

compared as (
    select
        named.window_name,
        named.entity_id,
        entities.entity_type,
        windows.before_start_on,
        windows.current_start_on,
        windows.next_start_on - 1 as current_end_on,
        named.before_paper_count,
        named.current_paper_count,
        named.current_introducing_paper_count,
        window_papers.before_eligible_count,
        window_papers.current_eligible_count,
        named.before_paper_count::double / window_papers.before_eligible_count as before_share,
        named.current_paper_count::double / window_papers.current_eligible_count as current_share,
        {{ wilson_low('named.before_paper_count', 'window_papers.before_eligible_count') }} as before_share_low,
        {{ wilson_high('named.before_paper_count', 'window_papers.before_eligible_count') }} as before_share_high,
        {{ wilson_low('named.current_paper_count', 'window_papers.current_eligible_count') }} as current_share_low,
        {{ wilson_high('named.current_paper_count', 'window_papers.current_eligible_count') }} as current_share_high,
        -- never named before this window, at whatever date: no growth can be told from nothing
        coalesce(entities.first_mentioned_on >= windows.current_start_on, false) as is_new
    from named
    inner join windows on named.window_name = windows.window_name
    inner join window_papers on named.window_name = window_papers.window_name
    inner join entities on named.entity_id = entities.entity_id
    where
        window_papers.before_eligible_count > 0
        and window_papers.current_eligible_count > 0
),

-- under no change, each of the papers that name it lies in this window with the window's share of
-- all papers, whatever their number
tests as (
    select
        window_name,
        entity_id,
        current_paper_count as successes,
        before_paper_count + current_paper_count as trials,
        current_eligible_count::double / (before_eligible_count + current_eligible_count) as chance
    from compared
    where not is_new and before_paper_count + current_paper_count >= {{ minimum_support() }}
),

tested as (
    {{ binomial_p('tests', 'window_name, entity_id') }}
),

adjusted as (
    {{ benjamini_hochberg('tested', 'window_name', 'entity_id') }}
)

select
    compared.window_name,
    compared.entity_id,
    compared.entity_type,
    case
        when compared.is_new then 'new'
        when adjusted.q_value is null then 'sparse'
        when adjusted.q_value > {{ false_discovery_rate() }} then 'steady'
        when compared.current_share > compared.before_share then 'rising'
        else 'falling'
    end as trend,
    compared.before_start_on,
    compared.current_start_on,
    compared.current_end_on,
    compared.before_paper_count,
    compared.before_eligible_count,
    compared.before_share,
    compared.current_paper_count,
    compared.current_introducing_paper_count,
    compared.current_eligible_count,
    compared.current_share,
    compared.current_share - compared.before_share as share_change,
    -- Newcombe's interval of a difference, made of the two Wilson intervals
    compared.current_share - compared.before_share - sqrt(
        (compared.current_share - compared.current_share_low) ** 2
        + (compared.before_share_high - compared.before_share) ** 2
    ) as share_change_low,
    compared.current_share - compared.before_share + sqrt(
        (compared.current_share_high - compared.current_share) ** 2
        + (compared.before_share - compared.before_share_low) ** 2
    ) as share_change_high,
    compared.current_share / nullif(compared.before_share, 0) as share_ratio,
    adjusted.p_value,
    adjusted.q_value,
    adjusted.tested_count,
    compared.before_paper_count + compared.current_paper_count >= {{ minimum_support() }} as has_support
from compared
left join adjusted
    on
        compared.window_name = adjusted.window_name
        and compared.entity_id = adjusted.entity_id
-- a name of one paper has no trend
where compared.before_paper_count + compared.current_paper_count > 1
order by compared.entity_id, compared.window_name
