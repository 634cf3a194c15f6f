"""The two shapes that most expectations have: a column has a limit, or columns are equal."""

from typing import TYPE_CHECKING

from expectations.context import load_expectations
from expectations.profiles import Profile
from expectations.results import Severity
from expectations.suites import about

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation


def at_most(
    profile: Profile,
    column: str,
    limit: float,
    check_name: str,
    description: str,
    shown: str = "",
    *,
    severity: Severity = "critical",
    rows_sql: str | None = None,
) -> "Expectation":
    """Expect a column never to exceed a limit; nulls are not judged.

    Args:
        profile: what the suite is on.
        column: the judged column.
        limit: its highest good value.
        check_name: unique within the gate.
        description: the claim.
        shown: other columns for people to see beside the judged one.
        severity: what a failure does.
        rows_sql: the rows to name in place of the profile's own.
    """
    gxe = load_expectations()
    columns = f"{shown}, {column}" if shown else column
    rows_sql = rows_sql or profile.rows(columns, f"{column} > {limit}", f"{column} desc, 1")
    return gxe.ExpectColumnValuesToBeBetween(
        column=column, max_value=limit, **about(check_name, severity, description, rows_sql)
    )


def equal(
    profile: Profile,
    columns: list[str],
    check_name: str,
    description: str,
    shown: str = "",
    *,
    rows_sql: str | None = None,
) -> "Expectation":
    """Expect columns to be equal on every row; a failure is critical.

    Args:
        profile: what the suite is on.
        columns: two or more columns without nulls.
        check_name: unique within the gate.
        description: the claim.
        shown: other columns for people to see beside the judged ones.
        rows_sql: the rows to name in place of the profile's own.
    """
    gxe = load_expectations()
    first, *others = columns
    differ = " or ".join(f"{first} is distinct from {other}" for other in others)
    selected = ", ".join([shown, *columns] if shown else columns)
    words = about(check_name, "critical", description, rows_sql or profile.rows(selected, differ))
    if len(columns) == 2:
        return gxe.ExpectColumnPairValuesToBeEqual(column_A=first, column_B=others[0], **words)
    return gxe.ExpectMulticolumnValuesToBeEqual(column_list=columns, **words)
