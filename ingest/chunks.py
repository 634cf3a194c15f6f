"""The batches of a file in chunks of Arrow, so that each is inserted by one statement."""

from collections.abc import Callable, Iterator
from typing import Any, Final, cast

import polars as pl

from ingest.schema import REJECT, Batch

CHUNK_ROWS: Final = 245_760
"""Records inserted by one statement: two of DuckDB's row groups, which it writes out at once."""

CHUNK_REJECTS: Final = 10_000
"""Rejects held back until the records before them are in."""


class Chunks:
    """The batches of a file as chunks of Arrow, with what was counted and rejected on the way."""

    def __init__(self, batches: Iterator[Batch], on_progress: Callable[[int], None]) -> None:
        self._batches = batches
        self._on_progress = on_progress
        self._rejects: list[pl.DataFrame] = []
        self._error: BaseException | None = None
        self.is_done = False
        self.read_count = 0
        self.rejected_count = 0

    def chunk(self) -> Iterator[Any]:
        """Yield records until the chunk is full or the file has ended."""
        records = rejects = 0
        while records < CHUNK_ROWS and rejects < CHUNK_REJECTS:
            try:
                batch = next(self._batches, None)
                if batch is None:
                    self.is_done = True
                    return
                count = batch.records.height + batch.rejects.height
                self._on_progress(count)
            except BaseException as error:  # noqa: BLE001
                # what passes through Arrow and DuckDB loses its type on the way
                self._error = error
                self.is_done = True
                return
            self.read_count += count
            self.rejected_count += batch.rejects.height
            records += batch.records.height
            rejects += batch.rejects.height
            if batch.rejects.height:
                self._rejects.append(batch.rejects)
            yield from cast("Any", batch.records.to_arrow()).to_batches()

    def take_rejects(self) -> pl.DataFrame:
        """Return the rejects since the last call, or raise what ended the file before its end."""
        if self._error is not None:
            raise self._error
        rejects = pl.concat([pl.DataFrame(schema=REJECT), *self._rejects])
        self._rejects = []
        return rejects
