"""JSON files read item by item: documents, pages of an API, and objects line by line."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from ingest.errors import BrokenStream
from ingest.formats.fields import WrongType
from ingest.formats.json_items import Items, plain_values
from ingest.formats.json_probe import CONTAINERS, is_document
from ingest.formats.json_values import Unparsable, parse
from ingest.formats.lines import byte_lines, too_long
from ingest.formats.opening import open_bytes
from ingest.formats.reading import read_some
from ingest.formats.rows import Rows
from ingest.schema import Batch

HEAD_BYTES: Final = 1 << 16
Object = Mapping[str, Any]


class Refused(ValueError):
    """An item that is sound JSON, but no record of a paper.

    Attributes:
        rule: the rule that it broke.
    """

    def __init__(self, rule: str, detail: str) -> None:
        super().__init__(detail)
        self.rule = rule


@dataclass(slots=True)
class Page:
    """What stands around an item: the plain values of its page, its number, and the file."""

    values: Object
    number: int
    path: Path


ToRecord = Callable[[Object, Page], dict[str, object]]
ToValue = Callable[[object], object]


def as_it_is(value: object) -> object:
    """Return the value unchanged."""
    return value


def read_json(path: Path, to_record: ToRecord, to_value: ToValue = as_it_is) -> Iterator[Batch]:
    """Read a file in batches; what cannot be used is a reject with its line or item number.

    Args:
        path: the file.
        to_record: from an item to values by name of a RECORD column.
        to_value: from what stands in the file to the item or page that it stands for.
    """
    with open_bytes(path) as file:
        is_whole = is_document(read_some(file, HEAD_BYTES)[0])
    with open_bytes(path) as file:
        if is_whole:
            yield from read_document(file, path, to_record, to_value)
        else:
            yield from _read_lines(file, _Values(to_record, to_value), path)


def read_document(
    file: BinaryIO, path: Path, to_record: ToRecord, to_value: ToValue = as_it_is
) -> Iterator[Batch]:
    """Read a JSON document in batches; `path` is the file that it came from."""
    items = Items(file, CONTAINERS)
    values = _Values(to_record, to_value)
    for number, (raw, value, rule, detail) in enumerate(items, start=1):
        if rule:
            values.rows.reject(number, rule, detail, raw)
        else:
            values.add(value, raw, Page(items.header, number, path))
        if values.rows.is_full:
            yield values.rows.batch()
    yield values.rows.batch()


def _read_lines(file: BinaryIO, values: "_Values", path: Path) -> Iterator[Batch]:
    page = Page({}, 0, path)  # one for all lines: they are millions
    rows = values.rows
    try:
        for page.number, raw, is_whole in byte_lines(file):
            if not is_whole:
                rows.reject(page.number, "too_long", too_long("the line"), raw)
            elif raw.strip():
                try:
                    values.add(parse(raw), raw, page)
                except Unparsable as error:
                    rows.reject(page.number, error.rule, str(error), raw)
            if rows.is_full:
                yield rows.batch()
    except BrokenStream as error:
        rows.reject(page.number + 1, "broken_stream", error.reason, b"")
    yield rows.batch()


class _Values:
    """Puts the values of a file, each a record, a page of them or neither, into rows."""

    def __init__(self, to_record: ToRecord, to_value: ToValue) -> None:
        self.rows = Rows()
        self._to_record = to_record
        self._to_value = to_value

    def add(self, value: object, raw: bytes, page: Page) -> None:
        """Add the record, or the records of the page, or the reject."""
        try:
            inside = self._to_value(value)
        except Refused as error:
            self.rows.reject(page.number, error.rule, str(error), raw)
            return
        listed = _listed(inside)
        if listed is None:
            self._add_record(inside, raw, page)
            return
        if isinstance(inside, dict):
            page = Page(plain_values(cast("Object", inside)), page.number, page.path)
        for item in listed:
            self._add_record(item, raw, page, self._to_value)

    def _add_record(
        self, item: object, raw: bytes, page: Page, to_value: ToValue = as_it_is
    ) -> None:
        try:
            record = self._to_record(_object(to_value(item)), page)
            self.rows.add(page.number, record, len(raw))
        except Refused as error:
            self.rows.reject(page.number, error.rule, str(error), raw)
        except WrongType as error:
            self.rows.reject(page.number, "wrong_type", str(error), raw)


def _listed(value: object) -> list[object] | None:
    """Return the items of a list of objects or of a page; None for what is an item itself."""
    if isinstance(value, dict):
        around = cast("dict[str, object]", value)
        if CONTAINERS.isdisjoint(around):
            return None
        lists = (around[key] for key in CONTAINERS & around.keys())
        return next(
            (cast("list[object]", items) for items in lists if isinstance(items, list)), None
        )
    if isinstance(value, list):
        listed = cast("list[object]", value)
        return listed if any(isinstance(item, dict) for item in listed) else None
    return None


def _object(value: object) -> Object:
    if not isinstance(value, dict):
        detail = f"a {type(value).__name__} stands where an object is expected"
        raise Refused("malformed_json", detail)
    return cast("Object", value)
