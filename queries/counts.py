"""Counts of names under the filters: stored ones where nothing is filtered, else counted anew."""

from queries.eligible import STORED, eligible
from queries.scope import Scope, Values, naming_in


def count_tables(scope: Scope, values: Values, only: str = "", *, is_adoption: bool = False) -> str:
    """Return two table expressions, `eligible` (one row) and `counts` (one row a name).

    Args:
        scope: the filters.
        values: takes up what the text binds.
        only: a condition on `mentions` that keeps the names that are asked for.
        is_adoption: whether papers that introduce a name are left out of its counts.
    """
    if scope.is_whole and not is_adoption:
        return f"""{STORED},

        counts as (
            select
                entity_id, entity_name, entity_type, mention_count, paper_count,
                introducing_paper_count, share_paper_count, undated_paper_count
            from marts.entity_counts as mentions
            where true{f" and {only}" if only else ""}
        )
"""
    return f"""{eligible(scope, values)},

        counts as (
            select
                entity_id,
                any_value(entity_type) as entity_type,
                sum(mention_count)::bigint as mention_count,
                count(*) as paper_count,
                count(*) filter (where is_introduced) as introducing_paper_count,
                count(*) filter (where has_abstract) as share_paper_count,
                count(*) filter (where published_on is null) as undated_paper_count
            from ({naming_in(scope, values, f" and {only}" if only else "")})
            {"where not is_introduced" if is_adoption else ""}
            group by entity_id
        )
"""


def names_of(few: str, *, is_stored: bool) -> str:
    """Return a select of the names of a few rows out of `counts`; stored counts hold them."""
    if is_stored:
        return f"select entity_id, entity_name from {few}"
    return (
        "select entity_id, entity_name from marts.dim_entities "
        f"where entity_id in (select entity_id from {few})"
    )
