"""Doors to ingest: write a file, read it, land it in a warehouse of its own."""

import json
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
IDENTITY = ("dim_papers", "paper_identifiers", "paper_provenance", "title_links")
WHEN_LOADED = {"dim_papers": "first_loaded_at"}


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


class Identity:
    """The models of identity, as dbt compiled them, in a warehouse of their own."""

    def __init__(self, home: Path, folder: Path) -> None:
        manifest = json.loads((home / "build" / "dbt" / "manifest.json").read_text())
        self._nodes: dict[str, Any] = manifest["nodes"]
        self._compiled = home / "build" / "dbt" / "compiled" / "papertally"
        self._folder = folder
        self.con = duckdb.connect()
        self.con.execute("attach ':memory:' as warehouse; use warehouse")
        create_raw_tables(self.con)
        for schema in ("staging", "intermediate", "marts", "quality"):
            self.con.execute(f"create schema {schema}")
        self.order: list[str] = []
        for name in IDENTITY:
            self._add(next(key for key in self._nodes if key.endswith(f".{name}")))

    def _add(self, key: str) -> None:
        """Take a model behind all that it reads."""
        node = self._nodes.get(key)
        if node is None or node["resource_type"] != "model" or key in self.order:
            return
        for parent in node["depends_on"]["nodes"]:
            self._add(parent)
        self.order.append(key)

    def works(self, files: list[tuple[str, list[dict[str, object]]]], threads: int):
        """Land files of a source each, build, and return every row of the results."""
        self.con.execute(f"set threads = {threads}")
        for table in ("papers", "rejected_papers", "loads", "load_verdicts"):
            self.con.execute(f"delete from raw.{table}")
        for number, (source, rows) in enumerate(files):
            path = self._folder / f"{number}.jsonl"
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
            land_file(
                self.con,
                path,
                FORMATS["jsonl"],
                source_name=source,
                loaded_by="the tests",
                columns={},
            )
        for key in self.order:
            # views too become tables: what reads them would plan their many patterns again
            relation = self._nodes[key]["relation_name"]
            sql = (self._compiled / self._nodes[key]["original_file_path"]).read_text()
            self.con.execute(f"create or replace table {relation} as {sql}")
        return {name: self._rows(name) for name in IDENTITY}

    def _rows(self, name: str) -> list[tuple[Any, ...]]:
        relation = next(
            self._nodes[key]["relation_name"] for key in self.order if key.endswith(f".{name}")
        )
        left_out = f"exclude ({WHEN_LOADED[name]})" if name in WHEN_LOADED else ""
        return self.con.sql(f"select * {left_out} from {relation} order by all").fetchall()


@pytest.fixture(scope="module")
def identity(published_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Identity:
    """The models as they were compiled for the published home."""
    return Identity(published_home, tmp_path_factory.mktemp("identity"))
