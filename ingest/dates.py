"""How dates are read: one definition in SQL, used by staging and by the gate on the landed batch.

The text of a date stays as the source spells it. These macros live in the warehouse file, so
that whoever reads a date there reads it the same way.
"""

from typing import Final

_MONTH: Final = (
    "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"
_YEAR: Final = r"(\d{4})"
_DAY: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
_CLOCK: Final = r"(?:[ t,].*)?"

_FORMS: Final = (
    # form, where year, month and day stand in it (None: not stated)
    (_YEAR, (1, None, None)),
    (rf"{_YEAR}[-/](\d{{1,2}})", (1, 2, None)),
    (rf"{_YEAR}[-/](\d{{1,2}})[-/](\d{{1,2}}){_CLOCK}", (1, 2, 3)),
    (r"(\d{4})(\d{2})(\d{2})", (1, 2, 3)),
    (rf"{_MONTH}\.?,? {_YEAR}", (2, 1, None)),
    (rf"{_YEAR},? {_MONTH}\.?", (1, 2, None)),
    (rf"(?:[a-z]{{3,9}},? )?{_DAY} {_MONTH}\.?,? {_YEAR}{_CLOCK}", (3, 2, 1)),
    (rf"{_MONTH}\.? {_DAY},? {_YEAR}{_CLOCK}", (3, 1, 2)),
    (rf"{_YEAR},? {_MONTH}\.? {_DAY}", (1, 2, 3)),
)
"""The forms that are read. Day and month as two numbers, day first or month first, are not."""


def _iso_branch(form: str, places: tuple[int | None, ...]) -> str:
    """Return the branch of a case expression that spells one form as ISO 8601 does."""
    year, month, day = (
        None if place is None else f"regexp_extract(folded, '^{form}$', {place})"
        for place in places
    )
    parts = [str(year)]
    if month is not None:
        named = f"(strpos('{_MONTHS}', left({month}, 3)) + 2) // 3"
        number = f"if(try_cast({month} as integer) is null, ({named})::varchar, {month})"
        parts.append(f"lpad({number}, 2, '0')")
    if day is not None:
        parts.append(f"lpad({day}, 2, '0')")
    spelled = " || '-' || ".join(parts)
    return f"when regexp_full_match(folded, '{form}') then {spelled}"


DATE_MACROS: Final = f"""
create schema if not exists raw;
-- A stated date as YYYY, YYYY-MM or YYYY-MM-DD, possible or not; null where the form is unknown.
create or replace macro raw.iso_of_folded(folded) as
    case {" ".join(_iso_branch(form, places) for form, places in _FORMS)} end;
create or replace macro raw.iso_date(stated) as
    raw.iso_of_folded(lower(trim(regexp_replace(stated, '\\s+', ' ', 'g'))));
-- Its first day; null where there is no such day.
create or replace macro raw.first_day(iso) as
    try_cast(iso || case length(iso) when 4 then '-01-01' when 7 then '-01' else '' end as date);
-- Its last day.
create or replace macro raw.last_day(on_day, date_precision) as case date_precision
    when 'year' then on_day + interval 1 year - interval 1 day
    when 'month' then on_day + interval 1 month - interval 1 day
    else on_day
end::date;
"""
