"""What the finished marts must be like, before they are published."""

from datetime import date
from typing import TYPE_CHECKING

from expectations.context import load_expectations
from expectations.profiles import Profile, contract, marts
from expectations.suites import Judged, about, build_suite, changes, mentions
from expectations.suites.parts import equal
from expectations.suites.totals import totals_suite

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite


def judged_profiles(latest_date: date, *, has_previous: bool) -> list[Judged]:
    """Return the profiles of the marts, each with its suite.

    Args:
        latest_date: the last day on which a paper may be dated; later months are the future.
        has_previous: whether the published file is attached, so that changes can be judged.
    """
    columns, keys = contract.contract_columns(), contract.keys()
    totals, periods, sources = marts.totals(latest_date), marts.periods(), marts.sources()
    flow, summaries = marts.flow(), marts.summaries()
    return [
        (columns, contract_suite(columns)),
        (totals, totals_suite(totals, latest_date)),
        (keys, keys_suite(keys)),
        (periods, periods_suite(periods)),
        (sources, sources_suite(sources)),
        (flow, flow_suite(flow)),
        (summaries, summaries_suite(summaries)),
        *mentions.judged_profiles(),
        *(changes.judged_profiles() if has_previous else []),
    ]


def contract_suite(profile: Profile) -> "ExpectationSuite":
    """Return the suite on one row a promised column."""
    return build_suite(
        "marts_contract",
        [
            equal(
                profile,
                ["promised_type", "found_type"],
                "columns_are_as_promised",
                "Every column of the public contract is there, with its type",
                "table_name, column_name",
            )
        ],
    )


def keys_suite(profile: Profile) -> "ExpectationSuite":
    """Return the suite on one row a mart."""
    return build_suite(
        "marts_keys",
        [
            equal(
                profile,
                ["row_count", "key_count"],
                "keys_are_unique",
                "No key stands on two rows of a mart",
                rows_sql=contract.repeated_keys_sql(),
            )
        ],
    )


def periods_suite(profile: Profile) -> "ExpectationSuite":
    """Return the suite on one row a month, a quarter and a year."""
    claims = {
        "paper_count": (
            "periods_hold_every_paper",
            "Months, quarters and years count the papers dated in them",
        ),
        "eligible_paper_count": (
            "periods_hold_every_abstract",
            "Months, quarters and years count the papers with an abstract dated in them",
        ),
        "mention_count": (
            "periods_hold_every_mention",
            "Months, quarters and years count the mentions of the papers dated in them",
        ),
    }
    return build_suite(
        "marts_periods",
        [
            equal(profile, [column, f"counted_{column}"], name, claim, "period, period_start")
            for column, (name, claim) in claims.items()
        ],
    )


def sources_suite(profile: Profile) -> "ExpectationSuite":
    """Return the suite on one row a source."""
    gxe = load_expectations()
    return build_suite(
        "marts_sources",
        [
            gxe.ExpectColumnValuesToBeBetween(
                column="naming_paper_share",
                min_value=0,
                strict_min=True,
                **about(
                    "every_source_names_something",
                    "warning",
                    "Of each source with 50 abstracts or more, at least one paper names something",
                    profile.rows("source_name, eligible_paper_count", "naming_paper_share = 0"),
                ),
            )
        ],
    )


def flow_suite(profile: Profile) -> "ExpectationSuite":
    """Return the suite on one row a source and step of the flow."""
    return build_suite(
        "marts_flow",
        [
            equal(
                profile,
                ["step_count", "parts_count"],
                "the_flow_adds_up",
                "Every step from read to counted is the sum of its parts",
                "source_name, flow_step",
            )
        ],
    )


def summaries_suite(profile: Profile) -> "ExpectationSuite":
    """Return the suite on one row a total that several marts state."""
    return build_suite(
        "marts_summaries",
        [
            equal(
                profile,
                ["row_count", "summary_count", "parts_count"],
                "summaries_are_the_sums",
                "Totals by source, type, entity and over all are those of the rows themselves",
                "measure",
            )
        ],
    )
