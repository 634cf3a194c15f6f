"""Suites of expectations, one module a gate, as functions."""

from typing import TYPE_CHECKING, Any, cast

from expectations.context import load_gx
from expectations.profiles import Profile
from expectations.results import Severity

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.expectations.expectation import Expectation


def about(check_name: str, severity: Severity, description: str, rows_sql: str) -> dict[str, Any]:
    """Return what every expectation is created with, to be spread into its constructor.

    Args:
        check_name: unique within the gate; what results and messages call the check.
        severity: has to be given to the instance; Great Expectations ignores it on a class.
        description: the claim, in a sentence for people.
        rows_sql: the query for the rows that break the claim; it stands alone.
    """
    return {
        "severity": severity,
        "description": description,
        "meta": {"check_name": check_name, "rows_sql": rows_sql},
    }


def build_suite(name: str, expectations: "list[Expectation]") -> "ExpectationSuite":
    """Return a suite of these expectations, with none of their names used twice.

    Raises:
        ValueError: two checks of the suite share a name.
    """
    names = [check_name_of(expectation) for expectation in expectations]
    repeated = sorted({check_name for check_name in names if names.count(check_name) > 1})
    if repeated:
        raise ValueError(f"Suite {name}: two checks are called {', '.join(repeated)}.")
    suite: ExpectationSuite = load_gx().ExpectationSuite(name=name, expectations=expectations)
    return suite


def check_name_of(expectation: "Expectation") -> str:
    """Return the name that the results give the expectation."""
    return _meta_of(expectation)["check_name"]


def rows_sql_of(expectation: "Expectation") -> str:
    """Return the query for the rows that break the expectation."""
    return _meta_of(expectation)["rows_sql"]


def _meta_of(expectation: "Expectation") -> dict[str, str]:
    return cast("dict[str, str]", cast("Any", expectation).meta)


Judged = tuple[Profile, "ExpectationSuite"]
"""A profile and the suite that judges it."""
