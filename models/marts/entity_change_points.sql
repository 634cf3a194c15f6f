-- One row a length of period and entity with enough papers: where its share most likely changed.

with

entity_papers as (
    select * from {{ ref('entity_papers') }}
    where has_abstract
),

-- complete periods only: an unfinished one would look like a fall
periods as (

    select
        'month' as period,
        published_month as period_start,
        eligible_paper_count
    from {{ ref('corpus_month_counts') }}
    where is_complete

    union all

    select
        'year' as period,
        published_year as period_start,
        eligible_paper_count
    from {{ ref('corpus_year_counts') }}
    where is_complete

),

spans as (
    select
        period,
        period_start,
        eligible_paper_count,
        sum(eligible_paper_count) over so_far as before_eligible_count,
        sum(eligible_paper_count) over whole as span_eligible_count,
        row_number() over so_far as period_number,
        count(*) over whole as period_count
    from periods
    where eligible_paper_count > 0
    window
        so_far as (partition by period order by period_start rows between unbounded preceding and current row),
        whole as (partition by period)
),

placed as (

    select
        'month' as period,
        entity_id,
        entity_type,
        published_month as period_start
    from entity_papers
    where published_month is not null

    union all

    select
        'year' as period,
        entity_id,
        entity_type,
        published_year as period_start
    from entity_papers
    where published_year is not null

),

counted as (
    select
        placed.period,
        placed.entity_id,
        any_value(placed.entity_type) as entity_type,
        placed.period_start,
        count(*) as paper_count
    from placed
    inner join spans
        on
            placed.period = spans.period
            and placed.period_start = spans.period_start
    group by placed.period, placed.entity_id, placed.period_start
),

supported as (
    select
        period,
        entity_id,
        any_value(entity_type) as entity_type,
        sum(paper_count)::bigint as paper_count
    from counted
    group by period, entity_id
    -- half of it on either side of a change would just have support
    having sum(paper_count) >= 2 * {{ minimum_support() }}
),

-- every border between two periods is a candidate
borders as (
    select
        spans.period,
        supported.entity_id,
        spans.period_number,
        lead(spans.period_start) over running as changed_at,
        spans.period_count,
        supported.paper_count,
        spans.span_eligible_count,
        spans.before_eligible_count,
        coalesce(sum(counted.paper_count) over running, 0) as before_paper_count
    from supported
    inner join spans on supported.period = spans.period
    left join counted
        on
            supported.period = counted.period
            and supported.entity_id = counted.entity_id
            and spans.period_start = counted.period_start
    window
        running as (
            partition by spans.period, supported.entity_id
            order by spans.period_start
        )
),

likeliest as (
    select
        *,
        {{ binomial_log_likelihood('before_paper_count', 'before_eligible_count') }}
        + {{ binomial_log_likelihood(
            '(paper_count - before_paper_count)', '(span_eligible_count - before_eligible_count)'
        ) }}
        - {{ binomial_log_likelihood('paper_count', 'span_eligible_count') }} as log_likelihood_ratio
    from borders
    where period_number < period_count
    qualify row_number() over (
        partition by period, entity_id
        order by log_likelihood_ratio desc, period_number asc
    ) = 1
),

tests as (
    select
        period,
        entity_id,
        (paper_count - before_paper_count)::bigint as successes,
        paper_count as trials,
        (span_eligible_count - before_eligible_count)::double / span_eligible_count as chance
    from likeliest
),

tested as (
    {{ binomial_p('tests', 'period, entity_id') }}
),

-- the border was chosen among all of them, so its p-value is multiplied by their number
corrected as (
    select
        tested.period,
        tested.entity_id,
        least(1.0, tested.p_value * (likeliest.period_count - 1)) as p_value
    from tested
    inner join likeliest
        on
            tested.period = likeliest.period
            and tested.entity_id = likeliest.entity_id
),

adjusted as (
    {{ benjamini_hochberg('corrected', 'period', 'entity_id') }}
),

measured as (
    select
        likeliest.*,
        supported.entity_type,
        likeliest.paper_count - likeliest.before_paper_count as after_paper_count,
        likeliest.span_eligible_count - likeliest.before_eligible_count as after_eligible_count
    from likeliest
    inner join supported
        on
            likeliest.period = supported.period
            and likeliest.entity_id = supported.entity_id
)

select
    measured.period,
    measured.entity_id,
    measured.entity_type,
    measured.changed_at as period_start,
    measured.before_paper_count::bigint as before_paper_count,
    measured.before_eligible_count::bigint as before_eligible_count,
    measured.before_paper_count::double / measured.before_eligible_count as before_share,
    measured.after_paper_count::bigint as after_paper_count,
    measured.after_eligible_count::bigint as after_eligible_count,
    measured.after_paper_count::double / measured.after_eligible_count as after_share,
    measured.period_count,
    measured.log_likelihood_ratio,
    adjusted.p_value,
    adjusted.q_value,
    adjusted.tested_count,
    adjusted.q_value <= {{ false_discovery_rate() }} as is_change
from measured
inner join adjusted
    on
        measured.period = adjusted.period
        and measured.entity_id = adjusted.entity_id
order by measured.entity_id, measured.period
