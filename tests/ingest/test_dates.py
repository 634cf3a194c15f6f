"""Dates: read as finely as they are stated, in the forms that sources use, and never invented."""

import datetime

import pytest


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("2021", "2021"),
        ("2021-05", "2021-05"),
        ("2021-5-3", "2021-05-03"),
        ("2021/05/03", "2021-05-03"),
        ("20210503", "2021-05-03"),
        ("2021-05-17T23:59:59-05:00", "2021-05-17"),
        ("2021-05-17 10:11:12", "2021-05-17"),
        ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"),
        ("April 2nd, 2007", "2007-04-02"),
        ("May 2021", "2021-05"),
        ("2021 May", "2021-05"),
        (" Sept.  2020 ", "2020-09"),
        ("05/06/2020", None),
        ("decimber 2020", None),
        ("2020 or so", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_read_as_it_is_stated(warehouse, stated, iso):
    read = warehouse.execute("select raw.iso_date($stated)", {"stated": stated}).fetchone()
    assert read == (iso,)


def test_a_day_that_does_not_exist_is_none(warehouse):
    found = warehouse.execute(
        "select raw.first_day(unnest(['2023-02-30', '2021-13', '2020', '2020-02']))"
    ).fetchall()
    assert [day for (day,) in found] == [
        None,
        None,
        datetime.date(2020, 1, 1),
        datetime.date(2020, 2, 1),
    ]
