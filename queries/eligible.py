"""Papers that count towards shares, over all or period by period, under the filters."""

from queries.scope import Scope, Values, papers_in
from queries.shares import Grain, period

STORED = """
        eligible as (
            select coalesce(sum(eligible_paper_count), 0)::bigint as eligible_paper_count
            from marts.corpus_year_counts
        )"""


def eligible(scope: Scope, values: Values) -> str:
    """Return a table expression `eligible` of one row."""
    if not scope.cuts_papers:
        return STORED
    return f"""
        eligible as (
            select count(*) filter (where has_abstract) as eligible_paper_count
            from ({papers_in(scope, values)})
        )"""


def eligible_by_period(scope: Scope, grain: Grain, values: Values) -> str:
    """Return a table expression `eligible`: one row a period, the undated on one without."""
    if scope.cuts_papers:
        return f"""
        eligible as (
            select
                {period(grain)} as period,
                count(*) filter (where has_abstract) as eligible_paper_count
            from ({papers_in(scope, values)}) as papers
            group by all
        )"""
    return f"""
        eligible as (
            select published_{grain} as period, eligible_paper_count
            from marts.corpus_{grain}_counts
        )"""
