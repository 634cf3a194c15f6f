"""What may change between one publication and the next without somebody looking."""

from typing import TYPE_CHECKING

from expectations.context import load_expectations
from expectations.profiles import Profile, changes
from expectations.results import Severity
from expectations.suites import Judged, about, build_suite
from expectations.thresholds import (
    MENTION_RATIO,
    MIN_PAPER_RATIO,
    NAME_RATIO,
    WARN_MENTION_RATIO,
    WARN_PAPER_RATIO,
)

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation


def judged_profiles() -> list[Judged]:
    """Return the profiles that compare with the published file, each with its suite."""
    totals, sources, names = (
        changes.changed_totals(),
        changes.changed_sources(),
        changes.changed_names(),
    )
    papers = "previous_paper_count, paper_count"
    mentions = f"{papers}, previous_mention_count, mention_count"
    return [
        (
            totals,
            build_suite(
                "marts_changed_totals",
                [
                    _between(
                        totals,
                        "paper_ratio",
                        (MIN_PAPER_RATIO, None),
                        "papers_do_not_vanish",
                        "critical",
                        "Of the papers that are published now, at least half are still there",
                        papers,
                    ),
                    _between(
                        totals,
                        "paper_ratio",
                        (WARN_PAPER_RATIO, None),
                        "papers_stay",
                        "warning",
                        "Of the papers that are published now, at least 99 % are still there",
                        papers,
                    ),
                    _between(
                        totals,
                        "mention_ratio",
                        MENTION_RATIO,
                        "matching_stays_in_kind",
                        "critical",
                        "Papers published before hold a third to three times their mentions",
                        mentions,
                    ),
                    _between(
                        totals,
                        "mention_ratio",
                        WARN_MENTION_RATIO,
                        "matching_stays_level",
                        "warning",
                        "Papers published before hold their mentions within 30 %",
                        mentions,
                    ),
                ],
            ),
        ),
        (
            sources,
            build_suite(
                "marts_changed_sources",
                [
                    _between(
                        sources,
                        "record_count",
                        (1, None),
                        "no_source_goes_silent",
                        "critical",
                        "Every source that is published still has records",
                        "source_name, previous_paper_count",
                    )
                ],
            ),
        ),
        (
            names,
            build_suite(
                "marts_changed_names",
                [
                    _between(
                        names,
                        "name_ratio",
                        NAME_RATIO,
                        "no_name_jumps",
                        "warning",
                        "Among papers published before, no name in 20 or more halves or doubles",
                        "entity_id, previous_paper_count, paper_count",
                    )
                ],
            ),
        ),
    ]


def _between(
    profile: Profile,
    column: str,
    limits: tuple[float, float | None],
    check_name: str,
    severity: Severity,
    description: str,
    shown: str,
) -> "Expectation":
    low, high = limits
    broken = f"{column} < {low}" + (f" or {column} > {high}" if high is not None else "")
    return load_expectations().ExpectColumnValuesToBeBetween(
        column=column,
        min_value=low,
        max_value=high,
        **about(
            check_name, severity, description, profile.rows(f"{shown}, {column}", broken, "all")
        ),
    )
