"""The base of the formats whose records are JSON objects."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from ingest.formats.json_probe import Probe, probe
from ingest.formats.json_reader import Object, Page, read_json
from ingest.formats.jsonl import JsonlFormat
from ingest.schema import Batch, ColumnMap


class JsonFormat(ABC):
    """Records in an array, in a page of an API, or one a line: the shape does not matter."""

    name: ClassVar[str]
    keys: ClassVar[frozenset[str]]
    """A source's own names. Where a file has none of them, no record of the format is in it."""

    @abstractmethod
    def fits(self, seen: Probe) -> bool:
        """Whether these are the keys of the format."""

    @abstractmethod
    def record(self, item: Object, page: Page) -> dict[str, object]:
        """Return values by name of a RECORD column; what is missing is null.

        Raises:
            Refused: the item is no record of a paper.
            WrongType: a part of it is not what it has to be.
        """

    def value(self, value: object) -> object:
        """Return the item or page that a value of the file stands for."""
        return value

    def detects(self, head: bytes, path: Path) -> bool:
        """Known by the keys of its first items, whatever the file is called."""
        del path
        return self.fits(probe(head))

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read item by item; a column map says which keys to read instead of ours."""
        if columns:
            yield from JsonlFormat().read(path, columns)
        else:
            yield from read_json(path, self.record, self.value)
