"""What a landed load must be like, before dbt builds anything on it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from expectations import thresholds as limits
from expectations.context import load_expectations
from expectations.profiles import Profile
from expectations.profiles.landed_batch import (
    HAS_ODD_CHARACTERS,
    IS_BLANK_TITLE,
    PUBLISHED_ON,
    loads,
    scope_sql,
)
from expectations.results import Severity
from expectations.suites import Judged, about, build_suite
from expectations.suites.parts import at_most, equal

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.expectations.expectation import Expectation

Rule = tuple[str, float, str, Severity, str, str | None]
"""Column, its highest good value, check, severity, claim, rows to name (None: the loads)."""


def judged_profiles(load_ids: Sequence[str] | None, latest_date: date) -> list[Judged]:
    """Return the profile of the landed batch with its suite.

    Args:
        load_ids: the loads to judge; None for every load that was not refused.
        latest_date: the last day on which a paper may be dated.
    """
    profile, scope = loads(load_ids, latest_date), scope_sql(load_ids)
    return [(profile, loads_suite(profile, scope, latest_date))]


def loads_suite(profile: Profile, scope: str, latest_date: date) -> "ExpectationSuite":
    """Return the suite on one row a load. Every row that it names carries its `load_id`.

    Args:
        profile: one row a load.
        scope: the query for the judged loads, so that rows of no other load are named.
        latest_date: the last day on which a paper may be dated.
    """
    rules = [*count_rules(profile, scope), *text_rules(scope), *date_rules(scope, latest_date)]
    return build_suite(
        "landed_batch",
        [
            *manifest_checks(profile),
            *(
                at_most(
                    profile, column, limit, check_name, claim, "load_id, source_file, paper_count",
                    severity=severity, rows_sql=rows_sql,
                )
                for column, limit, check_name, severity, claim, rows_sql in rules
            ),
            *(length_check(profile, what) for what in ("title", "abstract")),
        ],
    )  # fmt: skip


def manifest_checks(profile: Profile) -> "list[Expectation]":
    """Return the checks of a load's manifest row, and that it brought abstracts at all."""
    gxe = load_expectations()
    shown = "load_id, source_file"
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="manifest_row_count",
            min_value=1,
            max_value=1,
            **about(
                "load_is_in_manifest_once",
                "critical",
                "Every load has exactly one row in the manifest",
                profile.rows(f"{shown}, manifest_row_count", "manifest_row_count <> 1"),
            ),
        ),
        equal(
            profile,
            ["landed_count", "paper_count"],
            "landed_rows_match_manifest",
            "As many papers landed as the manifest says",
            shown,
        ),
        equal(
            profile,
            ["read_count", "accounted_count"],
            "every_record_is_accounted_for",
            "Records read are landed, already known or rejected, and nothing else",
            shown,
        ),
    ]


def count_rules(profile: Profile, scope: str) -> list[Rule]:
    """Return the limits on how many records came to what end."""
    rejecting = profile.rows("load_id", f"rejected_share > {limits.MAX_REJECTED_SHARE}")
    rejected = f"""
select load_id, source_file, '(all)' as rule, rejected_count, read_count, null as first_line
from raw.loads where load_id in ({rejecting})
union all
select load_id, source_file, rule, count(*), null, min(source_line)
from raw.rejected_papers where load_id in ({rejecting}) group by all
order by load_id, rejected_count desc, rule"""
    return [
        ("repeated_record_count", 0, "no_record_landed_twice", "critical",
         "No record landed that an accepted load, or its own, already holds", None),
        ("blank_title_count", 0, "titles_are_not_blank", "critical",
         "Every landed paper has a title", papers(scope, IS_BLANK_TITLE)),
        ("rejected_share", limits.MAX_REJECTED_SHARE, "most_records_are_usable", "critical",
         "At most half of the records are rejected; if more are, check format and column map",
         rejected),
    ]  # fmt: skip


def text_rules(scope: str) -> list[Rule]:
    """Return the limits on how alike, how incomplete and how garbled the texts may be."""
    repeated = f"""
select load_id, count(*) as copies, min(source_line) as first_line, left(title, 200) as title
from raw.papers
where load_id in ({scope})
group by load_id, title, abstract
having count(*) > 1
order by load_id, copies desc, first_line"""
    return [
        ("top_title_share", limits.MAX_TOP_TITLE_SHARE, "titles_differ", "critical",
         "No single title stands on more than half of the papers",
         commonest(scope, "left(title, 200)", "title", limits.MIN_PAPERS_TO_JUDGE)),
        ("top_abstract_share", limits.MAX_TOP_ABSTRACT_SHARE, "abstracts_differ", "critical",
         "No single abstract stands on more than half of the papers that have one",
         commonest(scope, "left(abstract, 200)", "abstract", limits.MIN_PAPERS_TO_JUDGE)),
        ("top_abstract_length_share", limits.MAX_TOP_ABSTRACT_LENGTH_SHARE, "abstracts_are_whole",
         "critical", "Abstracts are not cut: at most half of them have one exact length",
         commonest(scope, "length(abstract)", "abstract_length",
                   limits.MIN_ABSTRACTS_TO_JUDGE_LENGTH)),
        ("missing_abstract_share", limits.MAX_MISSING_ABSTRACT_SHARE, "most_abstracts_landed",
         "warning", "At least half of the papers have an abstract", None),
        ("duplicate_text_share", limits.MAX_DUPLICATE_TEXT_SHARE, "texts_are_not_mostly_duplicates",
         "critical", "At most half of the papers repeat another one's title and abstract", None),
        ("duplicate_text_share", limits.WARN_DUPLICATE_TEXT_SHARE, "texts_are_rarely_duplicates",
         "warning", "At most 5 % of the papers repeat another one's title and abstract", repeated),
        ("odd_title_share", limits.MAX_ODD_TITLE_SHARE, "titles_are_readable", "warning",
         "At most a fifth of the titles hold control or replacement characters",
         papers(scope, HAS_ODD_CHARACTERS)),
    ]  # fmt: skip


def date_rules(scope: str, latest_date: date) -> list[Rule]:
    """Return the limits on dates: a paper may err, a column may not."""
    is_stated = "nullif(trim(published), '') is not null"
    return [
        ("future_date_share", limits.MAX_ODD_DATE_SHARE, "dates_are_past", "critical",
         "At most 1 % of the dated papers are dated after tomorrow", None),
        ("future_date_count", 0, "no_date_is_in_the_future", "warning",
         "No paper is dated after tomorrow",
         papers(scope, f"{PUBLISHED_ON} > date '{latest_date}'")),
        ("early_date_share", limits.MAX_ODD_DATE_SHARE, "dates_are_modern", "critical",
         "At most 1 % of the dated papers are dated before 1900", None),
        ("early_date_count", 0, "no_date_is_before_1900", "warning",
         "No paper is dated before 1900",
         papers(scope, f"{PUBLISHED_ON} < date '{limits.EARLIEST_DATE}'")),
        ("unreadable_date_share", limits.MAX_UNREADABLE_DATE_SHARE, "dates_are_readable", "warning",
         "At most 5 % of the stated dates are not YYYY, YYYY-MM or YYYY-MM-DD",
         papers(scope, f"{is_stated} and {PUBLISHED_ON} is null")),
    ]  # fmt: skip


def length_check(profile: Profile, what: str) -> "Expectation":
    """Return the check of the mean length of titles or abstracts: is it the right column?"""
    gxe = load_expectations()
    column = f"mean_{what}_length"
    low, high = limits.MEAN_TITLE_LENGTH if what == "title" else limits.MEAN_ABSTRACT_LENGTH
    rows_sql = profile.rows(
        f"load_id, source_file, paper_count, {column}", f"{column} not between {low} and {high}"
    )
    return gxe.ExpectColumnValuesToBeBetween(
        column=column,
        min_value=low,
        max_value=high,
        **about(
            f"{what}s_have_usual_length",
            "warning",
            f"The mean length of {what}s is {low:,} to {high:,} characters",
            rows_sql,
        ),
    )


def commonest(scope: str, value: str, name: str, least: int) -> str:
    """Return the query for a value that stands on more than half of a load's papers.

    Args:
        scope: the query for the judged loads.
        value: the expression; nulls do not count.
        name: what to call it.
        least: how many values a load must have to be judged.
    """
    return f"""
select
    load_id,
    any_value(source_file) as source_file,
    count(*) as paper_count,
    min(source_line) as first_line,
    {value} as {name}
from raw.papers
where load_id in ({scope}) and {value} is not null
group by load_id, {value}
qualify
    count(*) > 0.5 * sum(count(*)) over (partition by load_id)
    and sum(count(*)) over (partition by load_id) >= {least}
order by load_id"""


def papers(scope: str, where: str) -> str:
    """Return the query for landed papers that break a rule, enough of each to find it."""
    return (
        "select load_id, source_file, source_line, left(title, 200) as title, published\n"
        f"from raw.papers\nwhere load_id in ({scope}) and ({where})\norder by load_id, source_line"
    )
