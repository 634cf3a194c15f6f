"""What the mentions and the counts made of them must be like, before they are published."""

from typing import TYPE_CHECKING, Final

from expectations.context import load_expectations
from expectations.profiles import Profile, counts, mentions
from expectations.profiles.mentions import ENTITY_TYPES, JUDGED_MENTIONS, OVERLAPPING_MENTIONS
from expectations.suites import Judged, about, build_suite
from expectations.suites.parts import at_most, equal
from expectations.thresholds import (
    MAX_NAMED_SHARE,
    MIN_PAPERS_TO_EXPECT_ALL_TYPES,
    WARN_NAMED_SHARE,
)

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite

PLACE: Final = "mention_id, paper_id, entity_id, section, start_char, end_char, surface"

MENTION_RULES: Final = {
    "lacking_paper_count": (
        "mentions_have_a_paper",
        "Every mention is in a paper that there is",
        f"select {PLACE} from ({JUDGED_MENTIONS}) where lacks_paper",
    ),
    "lacking_entity_count": (
        "mentions_have_an_entity",
        "Every mention is of an entity that there is",
        f"select {PLACE} from ({JUDGED_MENTIONS}) where lacks_entity",
    ),
    "other_type_count": (
        "mentions_have_the_type_of_their_entity",
        "A mention has the type of its entity",
        f"select {PLACE}, entity_type, listed_type from ({JUDGED_MENTIONS}) where has_other_type",
    ),
    "moved_count": (
        "surfaces_are_at_their_offsets",
        "The surface is exactly the text between its offsets",
        f"select {PLACE}, text_there from ({JUDGED_MENTIONS}) where has_moved",
    ),
    "leaving_sentence_count": (
        "sentences_enclose_their_mentions",
        "The sentence of a mention lies within the text and encloses the mention",
        (
            f"select {PLACE}, sentence_start, sentence_end from ({JUDGED_MENTIONS})"
            " where leaves_sentence"
        ),
    ),
    "overlapping_count": (
        "mentions_do_not_overlap",
        "No two mentions share a character",
        OVERLAPPING_MENTIONS,
    ),
    "odd_confidence_count": (
        "confidences_are_shares",
        "Confidence is above 0 and at most 1",
        f"select {PLACE}, confidence from ({JUDGED_MENTIONS}) where has_odd_confidence",
    ),
}
"""Column of the profile to (check, what it claims, the mentions that break it)."""

COUNTS: Final = {
    "mention_counts_add_up": (
        "The mentions of an entity are as many by rows, in all, by periods and by spellings",
        ["mention_count", "counted_mention_count", "month_mention_count",
         "quarter_mention_count", "year_mention_count", "spelling_mention_count"],
    ),
    "paper_counts_add_up": (
        "The papers that name an entity are as many by rows, in all and by periods",
        ["paper_count", "counted_paper_count", "month_paper_count",
         "quarter_paper_count", "year_paper_count"],
    ),
    "share_numerators_add_up": (
        ("The papers with an abstract that name an entity are as many by rows, in all and by"
        " periods"),
        ["share_paper_count", "counted_share_paper_count", "month_share_paper_count",
         "quarter_share_paper_count", "year_share_paper_count"],
    ),
    "counted_types_are_listed_types": (
        "The type that an entity is counted under is the one that it is listed with",
        ["counted_type", "listed_type"],
    ),
}  # fmt: skip
"""Check to (what it claims, columns that are equal for every entity)."""

SHARE_RULES: Final = {
    "outside_unit_count": ("shares_are_shares", "A share lies between 0 and 1", "is_outside_unit"),
    "leaving_interval_count": (
        "shares_lie_in_their_intervals",
        "A share lies within its interval, and the interval between 0 and 1",
        "leaves_interval",
    ),
    "misdivided_count": (
        "shares_are_their_quotients",
        "A share is its papers divided by the eligible ones",
        "is_misdivided",
    ),
    "wrong_denominator_count": (
        "denominators_are_papers_with_abstract",
        "The eligible papers are the papers of the period that have an abstract",
        "has_wrong_denominator",
    ),
}
"""Column of the profile to (check, what it claims, the flag of the shares that break it)."""


def judged_profiles() -> list[Judged]:
    """Return the profiles of mentions, entities and shares, each with its suite."""
    types, entities, shares = mentions.entity_types(), counts.entities(), counts.share_tables()
    return [
        (types, types_suite(types)),
        (entities, entities_suite(entities)),
        (shares, shares_suite(shares)),
    ]


def types_suite(profile: Profile) -> "ExpectationSuite":
    """Return the suite on one row an entity type."""
    gxe = load_expectations()
    return build_suite(
        "marts_mentions",
        [
            *(
                at_most(
                    profile, column, 0, name, claim, rows_sql=f"{rows_sql}\norder by mention_id"
                )
                for column, (name, claim, rows_sql) in MENTION_RULES.items()
            ),
            gxe.ExpectColumnValuesToBeInSet(
                column="entity_type",
                value_set=list(ENTITY_TYPES),
                **about(
                    "types_are_the_four",
                    "critical",
                    f"Every mention is a {', '.join(ENTITY_TYPES[:-1])} or {ENTITY_TYPES[-1]}",
                    profile.rows(
                        "entity_type, mention_count", f"entity_type not in {ENTITY_TYPES}"
                    ),
                ),
            ),
            gxe.ExpectColumnValuesToBeBetween(
                column="expected_mention_count",
                min_value=1,
                **about(
                    "all_types_are_named",
                    "warning",
                    f"{MIN_PAPERS_TO_EXPECT_ALL_TYPES} papers or more name all four types",
                    profile.rows("entity_type, mention_count", "expected_mention_count = 0"),
                ),
            ),
        ],
    )


def entities_suite(profile: Profile) -> "ExpectationSuite":
    """Return the suite on one row an entity."""
    catch_all = "entity_id, entity_name, paper_count"
    return build_suite(
        "marts_entities",
        [
            *(
                equal(profile, columns, name, claim, "entity_id")
                for name, (claim, columns) in COUNTS.items()
            ),
            at_most(
                profile,
                "named_share",
                MAX_NAMED_SHARE,
                "no_name_is_a_catch_all",
                "No entity is named in more than 90 % of the papers; if one is, mend its aliases",
                catch_all,
            ),
            at_most(
                profile,
                "named_share",
                WARN_NAMED_SHARE,
                "no_name_is_everywhere",
                "No entity is named in more than a quarter of the papers",
                catch_all,
                severity="warning",
            ),
        ],
    )


def shares_suite(profile: Profile) -> "ExpectationSuite":
    """Return the suite on one row a table of shares."""
    shares = counts.judged_shares_sql()
    return build_suite(
        "marts_shares",
        [
            at_most(
                profile,
                column,
                0,
                name,
                claim,
                rows_sql="select table_name, entity_id, period_start, share_paper_count,"
                " eligible_paper_count, papers_with_abstract, paper_share, paper_share_low,"
                f" paper_share_high\nfrom ({shares}) where {flag}\norder by all",
            )
            for column, (name, claim, flag) in SHARE_RULES.items()
        ],
    )
