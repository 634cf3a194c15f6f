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
