"""SQL on the published file, and nothing else: one statement, read-only, limited, rows out.

`papertally query` and the SQL page run their queries here. Each runs in a process of its own
(`query_child.py` beside it): one that takes too long or too much is ended with its process.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Literal

import polars as pl
import polars.selectors as cs

from papertally.errors import UsageError
from papertally.settings import PROJECT_ROOT, Settings
from papertally.visible import FORMULA_STARTS, in_json, visible
from papertally.warehouse.published_file import current_file

OutputFormat = Literal["table", "csv", "json", "parquet"]
LONGEST: Final = 100_000
_CELLS: Final = cs.numeric() | cs.temporal() | cs.string() | cs.boolean() | cs.by_dtype(pl.Null)


@dataclass(frozen=True)
class Limits:
    """How much one query may take.

    Attributes:
        seconds: until it is ended.
        rows: that it may return; None is all of them.
        memory_mb: that DuckDB may use; what does not fit fails, nothing is spilled.
        threads: that it may run on.
        file_bytes: that its rows may fill.
    """

    seconds: float = 300
    rows: int | None = None
    memory_mb: int = 2048
    threads: int = 2
    file_bytes: int = 4 << 30


PAGE_LIMITS: Final = Limits(seconds=15, rows=5_000, memory_mb=768, file_bytes=256 << 20)
"""What the SQL page allows: many people share one server."""


@dataclass(frozen=True)
class Answer:
    """The rows of a query, and whether there were more."""

    frame: pl.DataFrame
    is_cut: bool
    seconds: float


class Running:
    """A query on its way; ask whether it is done, take its answer, or end it."""

    def __init__(self, path: Path, sql: str, limits: Limits) -> None:
        """Start it.

        Raises:
            UsageError: the text is longer than a query may be.
        """
        if len(sql) > LONGEST:
            raise UsageError(f"A query has at most {LONGEST:,} characters; this has {len(sql):,}.")
        job = {
            "path": str(path),
            "sql": sql,
            "rows": limits.rows,
            "memory_mb": limits.memory_mb,
            "threads": limits.threads,
            "file_bytes": limits.file_bytes,
            "cpu_seconds": int(limits.seconds * limits.threads) + 5,
        }
        self._limits = limits
        self._rows: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `end`)
        self._words: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._started = time.monotonic()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "papertally.reading.query_child"],
            stdin=subprocess.PIPE,
            stdout=self._rows,
            stderr=self._words,
            cwd=PROJECT_ROOT,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
        )
        assert self._child.stdin is not None  # it is a pipe  # noqa: S101
        self._child.stdin.write(json.dumps(job).encode("utf-8", "replace"))
        self._child.stdin.close()

    @property
    def seconds(self) -> float:
        """Return how long it has been running."""
        return time.monotonic() - self._started

    def is_done(self) -> bool:
        """Tell whether it has ended; one that is over its time is."""
        return self._child.poll() is not None or self.seconds > self._limits.seconds

    def answer(self) -> Answer:
        """Wait for its rows.

        Raises:
            UsageError: it was refused, failed, or took too long; the text says which.
        """
        try:
            try:
                code = self._child.wait(max(0.0, self._limits.seconds - self.seconds))
            except subprocess.TimeoutExpired:
                raise UsageError(
                    f"The query was ended after {self._limits.seconds:g} seconds. "
                    "Ask for less: fewer rows, a filter, or a table that is counted already."
                ) from None
            if code:
                raise UsageError(self._reason(code))
            self._rows.seek(0)
            frame = pl.read_ipc_stream(self._rows)
            limit = self._limits.rows
            if limit is None or len(frame) <= limit:
                return Answer(frame, is_cut=False, seconds=self.seconds)
            return Answer(frame.head(limit), is_cut=True, seconds=self.seconds)
        finally:
            self.end()

    def end(self) -> None:
        """End it, whatever it is doing."""
        self._child.kill()
        self._child.wait()
        self._rows.close()
        self._words.close()

    def _reason(self, code: int) -> str:
        self._words.seek(0)
        words = self._words.read().decode("utf-8", "replace").strip()
        if code == 2 and words:
            return words
        return (
            "The query ended the process that ran it, most likely because it needs more than "
            f"{self._limits.memory_mb} MB of memory or nests too deeply."
        )


def start_query(settings: Settings, sql: str, limits: Limits = Limits()) -> Running:
    """Start one reading statement on the published file.

    Raises:
        UsageError: the text is too long.
        PapertallyError: nothing is published.
    """
    return Running(current_file(settings), sql, limits)


def run_query(settings: Settings, sql: str, limits: Limits = Limits()) -> pl.DataFrame:
    """Return the rows of one reading statement on the published file.

    Raises:
        UsageError: not exactly one statement, not one that only reads the tables, over its
            limits, or DuckDB refuses it.
        PapertallyError: nothing is published.
    """
    path = current_file(settings)
    while True:
        try:
            return Running(path, sql, limits).answer().frame
        except UsageError:
            if path.exists():
                raise
            path = current_file(settings)  # it was replaced and removed before it was opened


def render(frame: pl.DataFrame, output: OutputFormat) -> bytes:
    """Return the rows in one of the formats, ready for standard output.

    In CSV a text cell that a spreadsheet would run as a formula gets an apostrophe in
    front; the other formats hold every value as it is.
    """
    if output == "csv":
        text = pl.col(pl.String)
        risky = text.str.slice(0, 1).is_in(FORMULA_STARTS)
        guarded = _as_cells(frame).with_columns(
            pl.when(risky).then("'" + text).otherwise(text).name.keep()
        )
        heads = {name: f"'{name}" for name in frame.columns if name.startswith(FORMULA_STARTS)}
        return guarded.rename(heads).write_csv().encode()
    if output == "json":
        rows = json.dumps(frame.to_dicts(), default=str, ensure_ascii=False)
        return f"{in_json(rows)}\n".encode()
    if output == "parquet":
        buffer = io.BytesIO()
        frame.write_parquet(buffer)
        return buffer.getvalue()
    with pl.Config(
        tbl_rows=1000,
        tbl_cols=-1,
        fmt_str_lengths=80,
        tbl_width_chars=160,
        tbl_hide_dtype_separator=True,
    ):
        return f"{visible(str(frame))}\n".encode()


def _as_cells(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with every column as one that CSV has: lists and the like as JSON."""
    one_of_few = frame.with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
    nested = one_of_few.select(~_CELLS).columns
    texts = {
        name: [None if value is None else _json(value) for value in one_of_few[name].to_list()]
        for name in nested
    }
    return one_of_few.with_columns(
        pl.Series(name, values, dtype=pl.String) for name, values in texts.items()
    )


def _json(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)
