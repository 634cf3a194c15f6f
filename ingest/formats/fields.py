"""Values of a loosely typed record, put into the fields of ours or refused."""

from collections.abc import Mapping
from typing import Any, cast

from ingest.schema import FIELDS, ColumnMap


class WrongType(ValueError):
    """A value that cannot stand in its field; the message names both."""


def renamed(item: Mapping[str, Any], columns: ColumnMap) -> dict[str, object]:
    """Return the values of our fields, by name of a RECORD column, from a source's names."""
    values: dict[str, object] = {field: item.get(columns.get(field, field)) for field in FIELDS}
    values["source_paper_id"] = values.pop("paper_id")
    return values


def joined_names(value: object) -> object:
    """Return a list of names, or of objects with a name, as one text; anything else as it is."""
    if not isinstance(value, list):
        return value
    names: list[str] = []
    for item in cast("list[Any]", value):
        name = cast("dict[str, Any]", item).get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and name.strip():
            names.append(name.strip())
    return "; ".join(names) or None


def as_text(field: str, value: object) -> str | None:
    """Return text as it is and a whole number as its digits; empty text is null."""
    if isinstance(value, str):
        return _encodable(field, value) if value else None
    if value is None or value != value:  # noqa: PLR0124 - NaN is how some tables spell null.
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a year in a column that also lacks some
    raise WrongType(f"'{field}' is a {type(value).__name__}, not text")


def as_integer(field: str, value: object) -> int | None:
    """Return a whole number given as number or digits; empty text is null."""
    if value is None or value == "" or value != value:  # noqa: PLR0124 - as in `as_text`
        return None
    try:
        if isinstance(value, str):
            number = int(value.removesuffix(".0"))
        elif isinstance(value, int) and not isinstance(value, bool):
            number = value
        elif isinstance(value, float):
            if not value.is_integer():
                raise WrongType(f"'{field}' is {value}, not a whole number")
            number = int(value)
        else:
            raise WrongType(f"'{field}' is a {type(value).__name__}, not a whole number")
    except ValueError as error:
        raise WrongType(f"'{field}' is not a whole number: {value!r:.40}") from error
    if abs(number) >= 2**63:
        raise WrongType(f"'{field}' is out of range: {value!r:.40}")
    return number


def _encodable(field: str, text: str) -> str:
    """Refuse half a surrogate pair, which JSON can spell but UTF-8 cannot hold."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        where = error.start + 1
        raise WrongType(f"'{field}' holds an unpaired surrogate at character {where}") from error
    return text
