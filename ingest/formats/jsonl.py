"""JSON Lines: one JSON object a line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast

from ingest.errors import MissingColumn
from ingest.formats.fields import WrongType, record_from
from ingest.formats.lines import batched, decoded_lines
from ingest.schema import REQUIRED_FIELDS, Batch, ColumnMap, record_rows, reject_rows

BATCH_LINES: Final = 10_000


class JsonlFormat:
    """`jsonl`: known by a first line that is a JSON object, or by its name."""

    name = "jsonl"

    def detects(self, head: bytes, path: Path) -> bool:
        """A line that opens an object counts only where the name does not say otherwise."""
        if path.suffix.lower() in {".jsonl", ".ndjson"}:
            return True
        first = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0].strip()
        return first.startswith(b'{"') and (first.endswith(b"}") or len(head) == len(first))

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read line by line; a line that is not an object is a reject."""
        seen_object = False
        for lines in batched(decoded_lines(path), BATCH_LINES):
            records: list[dict[str, object]] = []
            rejects: list[tuple[int, str, str, str]] = []
            for line in lines:
                if not line.text.strip():
                    continue
                if line.error:
                    rejects.append((line.number, "bad_encoding", line.error, line.text))
                    continue
                try:
                    value = json.loads(line.text)
                except (ValueError, RecursionError) as error:
                    rejects.append((line.number, "malformed_json", _reason(error), line.text))
                    continue
                if not isinstance(value, dict):
                    detail = f"a {type(value).__name__} stands where an object is expected"
                    rejects.append((line.number, "malformed_json", detail, line.text))
                    continue
                item = cast("dict[str, Any]", value)
                if not seen_object:
                    _check_columns(path, line.number, item, columns)
                    seen_object = True
                try:
                    records.append(record_from(item, columns, line.number))
                except WrongType as error:
                    rejects.append((line.number, "wrong_type", str(error), line.text))
            yield Batch(record_rows(records), reject_rows(rejects))


def _check_columns(path: Path, line: int, item: dict[str, Any], columns: ColumnMap) -> None:
    for field in REQUIRED_FIELDS:
        if columns.get(field, field) not in item:
            raise MissingColumn(path, field, sorted(item), line)


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)
