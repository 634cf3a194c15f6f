"""Counts of names under the filters: stored ones where nothing is filtered, else counted anew."""

from dashboard.queries.scope import Scope, Values, mentions_in, papers_in

_STORED = """
        eligible as (
            select coalesce(sum(eligible_paper_count), 0)::bigint as eligible_paper_count
            from marts.corpus_year_counts
        ),

        counts as (
            select
                entity_id, mention_count, paper_count, introducing_paper_count,
                share_paper_count, undated_paper_count
            from marts.entity_counts
        )
"""


def count_tables(scope: Scope, values: Values, only: str = "") -> str:
    """Return two table expressions, `eligible` (one row) and `counts` (one row a name).

    Args:
        scope: the filters.
        values: takes up what the text binds.
        only: a condition on `mentions` that keeps the names that are asked for.
    """
    if scope.is_whole:
        return _STORED
    condition = f" and {only}" if only else ""
    return f"""
        papers as ({papers_in(scope, values)}),

        eligible as (
            select count(*) filter (where has_abstract) as eligible_paper_count from papers
        ),

        entity_papers as (
            select
                entity_id, paper_id, count(*) as mention_count,
                bool_or(is_introduced) as is_introduced
            from ({mentions_in(scope, values)}{condition})
            group by entity_id, paper_id
        ),

        counts as (
            select
                entity_papers.entity_id,
                sum(entity_papers.mention_count)::bigint as mention_count,
                count(*) as paper_count,
                count(*) filter (where entity_papers.is_introduced) as introducing_paper_count,
                count(*) filter (where papers.has_abstract) as share_paper_count,
                count(*) filter (where papers.published_on is null) as undated_paper_count
            from entity_papers
            inner join papers on entity_papers.paper_id = papers.paper_id
            group by entity_papers.entity_id
        )
"""
