"""Doors to ingest: write a file, read it, land it in a warehouse of its own."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.clean import validate
from ingest.formats import FORMATS, Format, choose_format
from ingest.land import Load, land_file
from ingest.schema import ColumnMap
from ingest.tables import create_raw_tables

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Parsed:
    """What a file holds after validation, all batches together."""

    records: Rows
    rejects: Rows

    @property
    def rules(self) -> list[tuple[int, str]]:
        return [(row["source_line"], row["rule"]) for row in self.rejects]

    def column(self, name: str) -> list[Any]:
        return [row[name] for row in self.records]


@pytest.fixture(scope="session")
def write(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write bytes or text to a new file of the given name and return its path."""
    folder = tmp_path_factory.mktemp("files")

    def write(name: str, content: bytes | str) -> Path:
        path = folder / uuid.uuid4().hex / name
        path.parent.mkdir()
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture(scope="session")
def read() -> Callable[..., Parsed]:
    """Read and validate a file; keywords are the column map."""
    return lambda path, name=None, **columns: parse(choose_format(path, name), path, columns)


@pytest.fixture(scope="session")
def read_as() -> Callable[..., Parsed]:
    """Read and validate a file by a format, whatever is in it."""
    return lambda path, name: parse(FORMATS[name], path, {})


def parse(file_format: Format, path: Path, columns: ColumnMap) -> Parsed:
    batches = [validate(batch) for batch in file_format.read(path, columns)]
    return Parsed(
        [row for batch in batches for row in batch.records.to_dicts()],
        [row for batch in batches for row in batch.rejects.to_dicts()],
    )


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty warehouse."""
    with duckdb.connect(tmp_path / "warehouse.duckdb") as con:
        create_raw_tables(con)
        yield con


@pytest.fixture(scope="module")
def common_warehouse(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse for examples that tell their rows apart by source and file."""
    with duckdb.connect(tmp_path_factory.mktemp("common") / "warehouse.duckdb") as con:
        create_raw_tables(con)
        yield con


@pytest.fixture(scope="session")
def land() -> Callable[..., Load]:
    """Land a file as the pipeline does; keywords are the column map."""

    def land(
        con: duckdb.DuckDBPyConnection, path: Path, source_name: str = "corpus", **columns: str
    ) -> Load:
        return land_file(
            con,
            path,
            choose_format(path),
            source_name=source_name,
            loaded_by="the tests",
            columns=columns,
        )

    return land


@pytest.fixture(scope="session")
def rows() -> Callable[..., list[tuple[Any, ...]]]:
    """Return all rows of a query."""

    def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
        return con.execute(query).fetchall()

    return rows
