"""Records and rejects of a file on their way into batches of bounded size."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from ingest.formats.fields import WrongType, as_integer, as_text, joined_names
from ingest.formats.lines import shown
from ingest.schema import RECORD, Batch, reject_rows

BATCH_ROWS: Final = 10_000
BATCH_BYTES: Final = 16 << 20
TEXT_FIELDS: Final = tuple(
    name for name in RECORD if name not in {"source_line", "authors", "upvotes"}
)


class Rows:
    """Collects what a format found, column by column; `batch` hands it over and begins anew."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._columns: dict[str, list[Any]] = {name: [] for name in RECORD}
        self._texts = [(name, self._columns[name]) for name in TEXT_FIELDS]
        self._count = 0
        self._rejects: list[tuple[int, str, str, str]] = []
        self._bytes = 0

    def add(self, number: int, fields: Mapping[str, object], size: int) -> None:
        """Add a record from the values that a source has for our fields.

        Args:
            number: of its line or item in the file.
            fields: by name of a RECORD column; what is missing is null.
            size: bytes that it took in the file.

        Raises:
            WrongType: a value cannot stand in its field.
        """
        value_of = fields.get
        try:
            for name, column in self._texts:
                value = value_of(name)
                # what is plainly text passes without a call: fields are many, records millions
                if value is not None and not (type(value) is str and value and value.isascii()):
                    value = as_text(name, value)
                column.append(value)
            self._columns["authors"].append(as_text("authors", joined_names(value_of("authors"))))
            self._columns["upvotes"].append(as_integer("upvotes", value_of("upvotes")))
        except WrongType:
            for column in self._columns.values():
                del column[self._count :]
            raise
        self._columns["source_line"].append(number)
        self._count += 1
        self._bytes += size

    def reject(self, number: int, rule: str, detail: str, raw: bytes) -> None:
        """Add what could not be used, with the rule that it broke."""
        self._rejects.append((number, rule, detail, shown(raw)))
        self._bytes += min(len(raw), 1 << 16)

    @property
    def is_full(self) -> bool:
        """Whether it is time to hand over."""
        return self._count + len(self._rejects) >= BATCH_ROWS or self._bytes >= BATCH_BYTES

    def batch(self) -> Batch:
        """Return everything since the last call."""
        batch = Batch(pl.DataFrame(self._columns, schema=RECORD), reject_rows(self._rejects))
        self._begin()
        return batch
