"""Counts of names under the filters: stored ones where nothing is filtered, else counted anew."""

from dashboard.queries.scope import Scope, Values, naming_in, papers_in

_ELIGIBLE = """
        eligible as (
            select coalesce(sum(eligible_paper_count), 0)::bigint as eligible_paper_count
            from marts.corpus_year_counts
        )"""


def count_tables(scope: Scope, values: Values, only: str = "") -> str:
    """Return two table expressions, `eligible` (one row) and `counts` (one row a name).

    Args:
        scope: the filters.
        values: takes up what the text binds.
        only: a condition on `mentions` that keeps the names that are asked for.
    """
    if scope.is_whole:
        return f"""{_ELIGIBLE},

        counts as (
            select
                entity_id, mention_count, paper_count, introducing_paper_count,
                share_paper_count, undated_paper_count
            from marts.entity_counts as mentions
            where true{f" and {only}" if only else ""}
        )
"""
    eligible = (
        f"""
        eligible as (
            select count(*) filter (where has_abstract) as eligible_paper_count
            from ({papers_in(scope, values)})
        )"""
        if scope.cuts_papers
        else _ELIGIBLE
    )
    return f"""{eligible},

        counts as (
            select
                entity_id,
                sum(mention_count)::bigint as mention_count,
                count(*) as paper_count,
                count(*) filter (where is_introduced) as introducing_paper_count,
                count(*) filter (where has_abstract) as share_paper_count,
                count(*) filter (where published_on is null) as undated_paper_count
            from ({naming_in(scope, values, f" and {only}" if only else "")})
            group by entity_id
        )
"""
