"""What can go wrong with an input file, in words for the person who gave it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

SHOWN_COLUMNS: Final = 60
SHOWN_CHARS: Final = 60


class InputError(Exception):
    """A file that cannot be ingested. Nothing of it has landed.

    Attributes:
        exit_code: 2 where the call has to be changed (wrong path, format or
            column map), 1 where the data itself is unusable.
    """

    exit_code = 1


class FileMissing(InputError):
    """The path leads to no readable file."""

    exit_code = 2

    def __init__(self, path: Path, reason: str = "there is no such file") -> None:
        super().__init__(f"{path}: {reason}. Check the path and its permissions.")


class NoSuchFormat(InputError):
    """A format was named that does not exist."""

    exit_code = 2

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(
            f"--format {name}: there is no such format. Take one of {', '.join(known)}."
        )


class UnknownFormat(InputError):
    """No format was named and none was recognised."""

    exit_code = 2

    def __init__(self, path: Path, known: list[str]) -> None:
        super().__init__(
            f"{path}: the format is not known. Name one with --format "
            f"({', '.join(known)}), or give the file one of their endings."
        )


class OtherFormat(InputError):
    """A format was named, and the content is plainly of another one."""

    exit_code = 2

    def __init__(self, path: Path, named: str, seen: str) -> None:
        super().__init__(
            f"--format {named}: {path} is not of this format by its content, it is {seen}. "
            f"Leave --format out, or take --format {seen}."
        )


class MissingColumn(InputError):
    """A required column is neither in the file nor in the column map."""

    exit_code = 2

    def __init__(self, path: Path, column: str, found: list[str], line: int = 1) -> None:
        listed = ", ".join(_shortened(name) for name in found[:SHOWN_COLUMNS]) or "none"
        if len(found) > SHOWN_COLUMNS:
            listed += f" and {len(found) - SHOWN_COLUMNS:,} more"
        super().__init__(
            f"{path}, line {line}: no column '{column}'. Columns found: {listed}. "
            f"Say which one holds it with --map {column}=COLUMN, if the file lists papers at all."
        )


class EmptyFile(InputError):
    """The file holds no record at all."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: the file is empty. Nothing was landed.")


class EmptyAnswer(InputError):
    """A file that is whole and says itself that it holds no papers."""

    exit_code = 0

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: it holds no papers, as it says itself. Nothing was landed.")


class UnreadableFile(InputError):
    """The file as a whole is not what its format says.

    Attributes:
        reason: what is wrong with it, as a part of a sentence.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Nothing of it was landed.")
        self.reason = reason


class BrokenStream(UnreadableFile):
    """Compressed data that ends early or is damaged; what came before it is sound.

    A format that keeps the records before the damage catches this and lists a reject.
    """

    def __init__(self, path: Path, reason: str) -> None:
        said = "the compressed data is cut off or damaged"
        super().__init__(path, reason if reason.startswith(said) else f"{said} ({reason})")


class Bomb(UnreadableFile):
    """Compressed data that expands beyond all reason."""

    def __init__(self, path: Path, limit: str) -> None:
        super().__init__(
            path, f"it expands to more than {limit}; if you trust it, unpack it and give that"
        )


class NothingFound(InputError):
    """A folder, an archive or a pattern without a single file that can be read."""

    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: no file of a known format was found there.")


class UnusableFiles(InputError):
    """Some of several files could not be used; the others were not touched by it.

    Attributes:
        errors: one for each of those files.
    """

    def __init__(self, errors: Sequence[InputError], file_count: int) -> None:
        self.errors = tuple(errors)
        failed, others = len(errors), file_count - len(errors)
        super().__init__(
            f"{failed:,} of {file_count:,} files could not be used, for the reasons above."
            + (" What the others hold has landed and is not read again." if others else "")
            + " Mend or leave out the files that are named there, then ingest again."
        )


def _shortened(name: str) -> str:
    """Return the name of a column as it can be shown: what is no table has wild ones."""
    shown = "".join(char if char.isprintable() else repr(char)[1:-1] for char in name[:SHOWN_CHARS])
    return shown if len(name) <= SHOWN_CHARS else f"{shown}…"
