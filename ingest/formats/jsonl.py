"""JSON with our own field names, or with names that a column map gives: lines or an array."""

from collections.abc import Iterator
from pathlib import Path

from ingest.errors import MissingColumn
from ingest.formats.fields import renamed
from ingest.formats.json_probe import probe
from ingest.formats.json_reader import Object, Page, read_json
from ingest.schema import REQUIRED_FIELDS, Batch, ColumnMap


class JsonlFormat:
    """`jsonl`: known by an object or an array of objects, or by its name."""

    name = "jsonl"

    def detects(self, head: bytes, path: Path) -> bool:
        """Any JSON that no other format knows."""
        if path.suffix.lower() in {".jsonl", ".ndjson"}:
            return True
        is_json = head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"["))
        return is_json and len(probe(head)) > 0

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read object by object; what is none is a reject."""
        seen_object = False

        def to_record(item: Object, page: Page) -> dict[str, object]:
            nonlocal seen_object
            if not seen_object:
                for field in REQUIRED_FIELDS:
                    if columns.get(field, field) not in item:
                        raise MissingColumn(path, field, sorted(item), page.number)
                seen_object = True
            return renamed(item, columns)

        yield from read_json(path, to_record)
