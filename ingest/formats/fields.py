"""Values of a loosely typed record, put into the fields of ours or refused."""

from collections.abc import Mapping
from typing import Any, cast

from ingest.schema import FIELDS, ColumnMap


class WrongType(ValueError):
    """A value that cannot stand in its field; the message names both."""


def record_from(item: Mapping[str, Any], columns: ColumnMap, line: int) -> dict[str, object]:
    """Return one RECORD row from a mapping of column names to values.

    Raises:
        WrongType: a text field holds a list or an object, or `upvotes` is no whole number.
    """
    values = {field: item.get(columns.get(field, field)) for field in FIELDS}
    values["authors"] = joined_names(values["authors"])
    record: dict[str, object] = {
        field: as_text(field, value) for field, value in values.items() if field != "upvotes"
    }
    record["upvotes"] = as_integer("upvotes", values["upvotes"])
    record["source_paper_id"] = record.pop("paper_id")
    record["source_line"] = line
    return record


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
    """Return text as it is and a number as its digits; empty text is null but in the title."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _encodable(field, value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise WrongType(f"'{field}' is a {type(value).__name__}, not text")


def as_integer(field: str, value: object) -> int | None:
    """Return a whole number given as number or digits; empty text is null."""
    if value is None or value == "":
        return None
    try:
        if isinstance(value, str):
            number = int(value)
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
