"""CSV and TSV with a header line, quoted as RFC 4180 says."""

from collections.abc import Iterator
from pathlib import Path

from ingest.errors import MissingColumn, UnreadableFile
from ingest.formats.csv_rows import header_of, read_table
from ingest.formats.fields import renamed
from ingest.schema import FIELDS, REQUIRED_FIELDS, Batch, ColumnMap


class CsvFormat:
    """`csv`: known by its name, or by a header line that holds a title column."""

    name = "csv"

    def detects(self, head: bytes, path: Path) -> bool:
        """`.csv` and `.tsv`, or a first line with the word title between separators."""
        if path.suffix.lower() in {".csv", ".tsv"}:
            return True
        header = header_of(head)
        return len(header) > 1 and "title" in {name.strip().lower() for name in header}

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read row by row; a row with wrong quotes or a wrong number of cells is a reject."""

        def check_header(header: list[str]) -> None:
            for field in (*REQUIRED_FIELDS, *columns):
                if columns.get(field, field) not in header:
                    raise MissingColumn(path, field, [name for name in header if name])
            for name in (columns.get(field, field) for field in FIELDS):
                if header.count(name) > 1:
                    raise UnreadableFile(
                        path, f"column '{name}' is there {header.count(name)} times"
                    )

        yield from read_table(path, lambda cells: renamed(cells, columns), check_header)
