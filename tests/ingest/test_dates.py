"""Dates: read as finely as they are stated, in the forms that sources use, and never invented."""

import datetime

import pytest

from ingest.formats.dates import year_and_month


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


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September")
MONTHS += ("October", "November", "December")


@pytest.mark.parametrize(("number", "name"), list(enumerate(MONTHS, start=1)))
def test_every_month_is_known_by_its_name_and_its_first_letters(warehouse, number, name):
    spelled = (f"2 {name} 2020", f"{name[:3]}. 2020", f"{name[:3].upper()} 2, 2020")
    read = [warehouse.execute("select raw.iso_date(?)", [text]).fetchone() for text in spelled]
    month = f"2020-{number:02d}"
    assert read == [(f"{month}-02",), (month,), (f"{month}-02",)]
    assert year_and_month("2020", name) == year_and_month("2020", name[:3].lower()) == month
    assert year_and_month("2020", str(number)) == month


@pytest.mark.parametrize("months", ["May-June", "13", "0", "spring", ""])
def test_what_is_no_single_month_leaves_the_year(months):
    assert year_and_month("2020", months) == "2020"


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
