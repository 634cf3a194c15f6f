"""Records and rejects of a file on their way into batches of bounded size."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from ingest.formats.fields import as_integer, as_text, joined_names
from ingest.formats.lines import shown
from ingest.schema import RECORD, Batch, reject_rows

BATCH_ROWS: Final = 10_000
BATCH_BYTES: Final = 16 << 20
TEXT_FIELDS: Final = tuple(
    name for name in RECORD if name not in {"source_line", "authors", "upvotes"}
)


class Rows:
    """Collects what a format found; `batch` hands it over and begins anew."""

    def __init__(self) -> None:
        self._records: list[dict[str, object]] = []
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
        record: dict[str, object] = {name: as_text(name, fields.get(name)) for name in TEXT_FIELDS}
        record["source_line"] = number
        record["authors"] = as_text("authors", joined_names(fields.get("authors")))
        record["upvotes"] = as_integer("upvotes", fields.get("upvotes"))
        self._records.append(record)
        self._bytes += size

    def reject(self, number: int, rule: str, detail: str, raw: bytes) -> None:
        """Add what could not be used, with the rule that it broke."""
        self._rejects.append((number, rule, detail, shown(raw)))
        self._bytes += min(len(raw), 1 << 16)

    @property
    def is_full(self) -> bool:
        """Whether it is time to hand over."""
        return len(self._records) + len(self._rejects) >= BATCH_ROWS or self._bytes >= BATCH_BYTES

    def batch(self) -> Batch:
        """Return everything since the last call."""
        records = pl.DataFrame(
            {name: [record[name] for record in self._records] for name in RECORD},
            schema=RECORD,
        )
        batch = Batch(records, reject_rows(self._rejects))
        self._records, self._rejects, self._bytes = [], [], 0
        return batch
