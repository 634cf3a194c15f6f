"""What the warehouse as a whole must be like: papers against landed records, and what is named."""

from datetime import date
from typing import TYPE_CHECKING

from expectations.context import load_expectations
from expectations.profiles import Profile
from expectations.suites import about, build_suite
from expectations.suites.parts import at_most, equal
from expectations.thresholds import (
    MAX_FUTURE_PAPER_SHARE,
    MAX_MEAN_MENTIONS,
    WARN_NAMING_PAPER_SHARE,
)

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite


def totals_suite(profile: Profile, latest_date: date) -> "ExpectationSuite":
    """Return the suite on the warehouse as a whole, one row."""
    gxe = load_expectations()
    future_papers = (
        "select paper_id, source_name, published_on, title from marts.dim_papers\n"
        f"where date_trunc('month', published_on) > date '{latest_date}'\n"
        "order by published_on, paper_id"
    )
    return build_suite(
        "marts_totals",
        [
            gxe.ExpectColumnValuesToBeBetween(
                column="paper_count",
                min_value=1,
                **about(
                    "there_are_papers",
                    "critical",
                    "At least one paper is published",
                    profile.rows("paper_count, accepted_record_count", "paper_count = 0"),
                ),
            ),
            equal(
                profile,
                ["accepted_record_count", "identified_record_count"],
                "every_record_is_identified",
                "Every accepted landed record has an identity",
            ),
            equal(
                profile,
                ["paper_count", "identity_count"],
                "papers_are_the_identities",
                "There is one paper for each identity of an accepted record",
            ),
            equal(
                profile,
                ["paper_record_count", "accepted_record_count"],
                "papers_hold_every_record",
                "The papers' records together are the accepted landed records",
            ),
            gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A="accepted_record_count",
                column_B="paper_count",
                or_equal=True,
                **about(
                    "papers_were_landed",
                    "critical",
                    "There are no more papers than accepted landed records",
                    profile.rows(
                        "paper_count, accepted_record_count", "paper_count > accepted_record_count"
                    ),
                ),
            ),
            at_most(
                profile,
                "misjudged_abstract_count",
                0,
                "eligible_papers_have_abstracts",
                "A paper is eligible exactly where it has an abstract",
                rows_sql="select paper_id, has_abstract, length(abstract) as abstract_length\n"
                "from marts.dim_papers where has_abstract <> (abstract is not null)\n"
                "order by paper_id",
            ),
            gxe.ExpectColumnValuesToBeBetween(
                column="naming_paper_share",
                min_value=0,
                strict_min=True,
                **about(
                    "papers_name_something",
                    "critical",
                    "Of 50 papers with an abstract or more, at least one names something",
                    profile.rows(
                        "eligible_paper_count, naming_paper_count", "naming_paper_share = 0"
                    ),
                ),
            ),
            gxe.ExpectColumnValuesToBeBetween(
                column="naming_paper_share",
                min_value=WARN_NAMING_PAPER_SHARE,
                **about(
                    "many_papers_name_something",
                    "warning",
                    "At least a fifth of the papers with an abstract name something",
                    profile.rows(
                        "eligible_paper_count, naming_paper_count, naming_paper_share",
                        f"naming_paper_share < {WARN_NAMING_PAPER_SHARE}",
                    ),
                ),
            ),
            at_most(
                profile,
                "mean_mention_count",
                MAX_MEAN_MENTIONS,
                "mentions_are_not_flooding",
                f"Papers hold at most {MAX_MEAN_MENTIONS} mentions on average",
                "paper_count, mention_count",
            ),
            at_most(
                profile,
                "future_paper_share",
                MAX_FUTURE_PAPER_SHARE,
                "months_are_past",
                "At most 1 % of the dated papers are in a month to come",
                "paper_count, future_paper_count",
            ),
            at_most(
                profile,
                "future_paper_count",
                0,
                "no_month_is_in_the_future",
                "No paper is in a month to come",
                severity="warning",
                rows_sql=future_papers,
            ),
        ],
    )
