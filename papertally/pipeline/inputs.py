"""The files of one call, found and checked before any of them is landed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import InputError
from ingest.formats import Format
from ingest.inputs import find_files
from ingest.schema import FIELDS
from papertally.errors import UsageError
from papertally.terminal import say


@dataclass(frozen=True, slots=True)
class Input:
    """A file that can be ingested, with what is known of it before it is read."""

    path: Path
    file_format: Format
    source_name: str


def find_inputs(
    paths: Sequence[Path],
    format_name: str | None = None,
    source_name: str | None = None,
    tell: Callable[[str], None] = say,
) -> tuple[list[Input], list[InputError]]:
    """Find the files behind every path and check them before any of them is landed.

    Returns:
        What can be read, and the errors of files in folders and the like that cannot.

    Raises:
        InputError: for the first path that cannot be ingested.
    """
    errors: list[InputError] = []
    found = find_files(paths, format_name, tell, errors.append)
    return [
        Input(file.path, file.file_format, source_name or slug(file.corpus)) for file in found
    ], errors


def parse_column_map(pairs: Sequence[str]) -> dict[str, str]:
    """Turn `title=Name` pairs into a column map.

    Raises:
        UsageError: a pair has another shape, or names a field that does not exist.
    """
    columns: dict[str, str] = {}
    for pair in pairs:
        field, separator, column = pair.partition("=")
        if not separator or not column or field not in FIELDS:
            raise UsageError(
                f"--map {pair}: write it as FIELD=COLUMN; the fields are {', '.join(FIELDS)}."
            )
        columns[field] = column
    return columns


def slug(text: str) -> str:
    """Return a source name: lower-case letters, digits, hyphens and underscores."""
    return re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-") or "papers"
