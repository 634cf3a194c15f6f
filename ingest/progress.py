"""How far the reading of a file has come, in bytes of the file."""

import os
from pathlib import Path
from typing import Final

import polars as pl

MAGIC: Final = b"PAR1"
OPEN_FILES: Final = Path("/dev/fd")


class FileProgress:
    """The bytes of a file that were read, whatever format reads it and however it is packed."""

    def __init__(self, path: Path) -> None:
        stored = next((part for part in (path, *path.parents) if part.is_file()), None)
        self._stat = stored.stat() if stored else None
        self.byte_count = self._stat.st_size if self._stat else 0
        self._row_count = _parquet_rows(stored) if stored else None
        self._rows = 0
        self._position = 0

    def advance(self, rows: int) -> int:
        """Count records and return the bytes read since the last call."""
        self._rows += rows
        before = self._position
        if self._row_count:
            # a Parquet file is read in places; its rows tell better how much of it is done
            self._position = self.byte_count * min(self._rows, self._row_count) // self._row_count
        else:
            self._position = max(before, self._open_position())
        return self._position - before

    def _open_position(self) -> int:
        """Return how far into the file this process has come, by asking for its open files."""
        positions = [0]
        try:
            names = [file.name for file in OPEN_FILES.iterdir()]
        except OSError:
            return 0
        for name in names:
            try:
                if self._stat and os.path.samestat(os.fstat(int(name)), self._stat):
                    positions.append(os.lseek(int(name), 0, os.SEEK_CUR))
            except (OSError, ValueError):
                continue
        return max(positions)


def _parquet_rows(path: Path) -> int | None:
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            return None
    try:
        return int(pl.scan_parquet(path, glob=False).select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, OSError):
        return None
