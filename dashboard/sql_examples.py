"""Queries to begin with, each with what it answers."""

from typing import Final

EXAMPLES: Final = {
    "The names in most papers": """\
select entity_name, entity_type, paper_count, mention_count, round(100 * paper_share, 2) as percent
from marts.entity_counts
order by paper_count desc
limit 20""",
    "One name year by year, with its interval": """\
select
    year(published_year) as year, share_paper_count, eligible_paper_count,
    round(100 * paper_share, 2) as percent,
    round(100 * paper_share_low, 2) as low, round(100 * paper_share_high, 2) as high
from marts.entity_year_counts
where entity_id = 'model:transformer' and published_year is not null
order by published_year""",
    "The sentences behind a count": """\
select
    papers.published_on, papers.title,
    substr(
        case mentions.section when 'title' then papers.title else papers.abstract end,
        mentions.sentence_start + 1, mentions.sentence_end - mentions.sentence_start
    ) as sentence
from marts.fct_mentions as mentions
inner join marts.dim_papers as papers using (paper_id)
where mentions.entity_id = 'model:transformer'
order by papers.published_on desc nulls last
limit 50""",
    "Names that stand in the same papers": """\
select others.entity_id, count(distinct others.paper_id) as papers
from marts.fct_mentions as mentions
inner join marts.fct_mentions as others using (paper_id)
where mentions.entity_id = 'model:transformer' and others.entity_id != mentions.entity_id
group by others.entity_id
order by papers desc
limit 20""",
    "What rises, with the test that says so": """\
select
    entities.entity_name, trends.entity_type, before_paper_count, current_paper_count,
    round(100 * before_share, 2) as before_percent, round(100 * current_share, 2) as now_percent,
    q_value
from marts.entity_trends as trends
inner join marts.dim_entities as entities using (entity_id)
where trends.window_name = 'twelve_months' and trends.trend = 'rising'
order by share_change desc
limit 20""",
    "When the share of names changed": """\
select
    entities.entity_name, period_start, round(100 * before_share, 2) as before_percent,
    round(100 * after_share, 2) as after_percent, q_value
from marts.entity_change_points as changes
inner join marts.dim_entities as entities using (entity_id)
where changes.period = 'year' and changes.is_change
order by q_value
limit 20""",
    "Whole families: GPT with GPT-4 and all else below it": """\
select entities.entity_name, paper_count, round(100 * paper_share, 2) as percent
from marts.entity_family_counts as counts
inner join marts.dim_entities as entities using (entity_id)
where counts.period = 'all'
order by paper_count desc
limit 20""",
    "The same names in each source": """\
select
    entities.entity_name, counts.source_name, paper_count, round(100 * paper_share, 2) as percent
from marts.entity_source_counts as counts
inner join marts.dim_entities as entities using (entity_id)
where counts.has_support
order by entities.entity_name, counts.source_name
limit 50""",
    "Pairs that meet more often than chance": """\
select
    names.entity_name, others.entity_name as beside, pair_paper_count, round(lift, 1) as lift,
    round(npmi, 2) as npmi
from marts.entity_pairs as pairs
inner join marts.dim_entities as names on pairs.entity_id = names.entity_id
inner join marts.dim_entities as others on pairs.other_entity_id = others.entity_id
where pairs.has_support and not pairs.is_same_family and pairs.entity_id < pairs.other_entity_id
order by npmi desc
limit 20""",
    "From read to counted, by source": """\
from marts.corpus_flow
order by source_name, step_number""",
    "The identifiers of papers that several sources hold": """\
select paper_id, identifier_kind, identifier, source_name, link_method
from marts.paper_identifiers
where
    paper_id in (
        select paper_id from marts.paper_provenance
        where source_count > 1
        order by paper_id
        limit 20
    )
order by paper_id, identifier_kind""",
    "The queue of names for review": """\
select entity_name, entity_type, round(score, 2) as score, is_counted, paper_count, evidence
from quality.discovered_names
order by is_counted, score * ln(1 + paper_count) desc
limit 20""",
    "Checks and dbt tests that did not pass": """\
select gate, check_name, severity, failing_count from quality.check_results where not is_passed
union all
select 'dbt', test_name, severity, failing_count from quality.dbt_tests where status != 'pass'""",
    "How mentions are found": """\
select match_method, count(*) as mentions, count(distinct paper_id) as papers
from marts.fct_mentions
group by match_method
order by mentions desc""",
    "What was left uncounted": """\
select surface, ambiguity, count(*) as strings, count(distinct paper_id) as papers
from quality.ambiguous_mentions
group by surface, ambiguity
order by strings desc
limit 20""",
}
