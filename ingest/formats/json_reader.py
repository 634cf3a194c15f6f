"""JSON files read item by item: documents, pages of an API, and objects line by line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, cast

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


class Page(NamedTuple):
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
        read = read_document if is_whole else _read_lines
        yield from read(file, path, to_record, to_value)


def read_document(
    file: BinaryIO, path: Path, to_record: ToRecord, to_value: ToValue = as_it_is
) -> Iterator[Batch]:
    """Read a JSON document in batches; `path` is the file that it came from."""
    items = Items(file, CONTAINERS)
    yield from _batches(
        (
            _Part(raw, Page(items.header, number, path), value, rule, detail)
            for number, (raw, value, rule, detail) in enumerate(items, start=1)
        ),
        to_record,
        to_value,
    )


def _read_lines(
    file: BinaryIO, path: Path, to_record: ToRecord, to_value: ToValue
) -> Iterator[Batch]:
    yield from _batches(_lines(file, path), to_record, to_value)


def _batches(parts: Iterable["_Part"], to_record: ToRecord, to_value: ToValue) -> Iterator[Batch]:
    rows = Rows()
    for part in parts:
        part.add_to(rows, to_record, to_value)
        if rows.is_full:
            yield rows.batch()
    yield rows.batch()


class _Part(NamedTuple):
    """A line or an item of a file, with its value or the reason why it has none."""

    raw: bytes
    page: Page
    value: object = None
    rule: str = ""
    detail: str = ""

    def add_to(self, rows: Rows, to_record: ToRecord, to_value: ToValue) -> None:
        """Add the record, or the records of the page, or the reject."""
        number = self.page.number
        if self.rule:
            rows.reject(number, self.rule, self.detail, self.raw)
            return
        for item, page in _unfolded(self.value, self.page, to_value):
            try:
                rows.add(number, to_record(_object(to_value(item)), page), len(self.raw))
            except Refused as error:
                rows.reject(number, error.rule, str(error), self.raw)
            except WrongType as error:
                rows.reject(number, "wrong_type", str(error), self.raw)


def _lines(file: BinaryIO, path: Path) -> Iterator[_Part]:
    page = Page({}, 0, path)
    try:
        for number, raw, is_whole in byte_lines(file):
            page = Page({}, number, path)
            if not is_whole:
                yield _Part(raw, page, rule="too_long", detail=too_long("the line"))
            elif raw.strip():
                try:
                    yield _Part(raw, page, parse(raw))
                except Unparsable as error:
                    yield _Part(raw, page, rule=error.rule, detail=str(error))
    except BrokenStream as error:
        page = page._replace(number=page.number + 1)
        yield _Part(b"", page, rule="broken_stream", detail=error.reason)


def _unfolded(value: object, page: Page, to_value: ToValue) -> Iterable[tuple[object, Page]]:
    """Return the items of a list or a page; anything else is an item itself."""
    itself = ((value, page),)
    try:
        inside = to_value(value)
    except Refused:
        inside = value
    if isinstance(inside, dict):
        around = cast("dict[str, object]", inside)
        if CONTAINERS.isdisjoint(around):
            return itself
        for key in CONTAINERS & around.keys():
            if isinstance(items := around[key], list):
                page = page._replace(values=plain_values(around))
                return [(item, page) for item in cast("list[object]", items)]
    if isinstance(inside, list):
        listed = cast("list[object]", inside)
        if any(isinstance(item, dict) for item in listed):
            return [(item, page) for item in listed]
    return itself


def _object(value: object) -> Object:
    if not isinstance(value, dict):
        detail = f"a {type(value).__name__} stands where an object is expected"
        raise Refused("malformed_json", detail)
    return cast("Object", value)
