"""From what a person names (files, folders, archives, patterns) to files of a known format.

A file that is named itself must be readable. In a folder, an archive or a pattern there may
be anything: what is empty or of no known format is said and left out; what should be read and
cannot be is a failure. Neither stops the others.
"""

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.errors import (
    EmptyAnswer,
    EmptyFile,
    FileMissing,
    InputError,
    NoSuchFormat,
    NothingFound,
    UnknownFormat,
)
from ingest.formats import FORMATS, Format, choose_format
from ingest.formats.archives import archive_of, is_archive, member_paths
from ingest.formats.opening import inner_name

SHOWN_NAMES: Final = 5
Tell = Callable[[str], None]
Fail = Callable[[InputError], None]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file and its format; `corpus` is what its papers are called if nobody names them."""

    path: Path
    file_format: Format
    corpus: str


def find_files(
    named: Sequence[Path], format_name: str | None, tell: Tell, fail: Fail
) -> list[FoundFile]:
    """Find every file that the paths lead to, each of them once, in a fixed order.

    All files of a folder or an archive are one corpus, called after it.

    Args:
        named: files, folders (taken with their subfolders), zip archives, members of them
            (`archive.zip!member`) and patterns (`2024-*.json`, `**/*.bib`).
        format_name: the format of all of them; recognised file by file when None.
        tell: takes a sentence about what was left out.
        fail: takes the error of a file in a folder, an archive or a pattern that cannot be read.

    Raises:
        InputError: for the first path that cannot be ingested.
    """
    if format_name is not None and format_name not in FORMATS:
        raise NoSuchFormat(format_name, list(FORMATS))
    found: dict[Path, FoundFile] = {}
    for path in named:
        for file in _Search(path, format_name, tell, fail).files():
            found.setdefault(file.path.absolute(), file)
    return list(found.values())


class _Search:
    """What one path leads to."""

    def __init__(self, named: Path, format_name: str | None, tell: Tell, fail: Fail) -> None:
        self._named = named
        self._format_name = format_name
        self._tell = tell
        self._fail = fail
        self._is_explained = False
        self._unknown: list[Path] = []

    def files(self) -> list[FoundFile]:
        """Return the files to read, and say what becomes of the others."""
        path = self._named
        if path.is_dir():
            files = _walk(path, lambda error: self._fails(_unopened(error)))
            inside = [inner for file in files for inner in self._members(file)]
            found = self._readable(inside, path.resolve().name)
        elif path.is_file() and is_archive(path):
            found = self._readable(member_paths(path), path.stem)
        elif glob.has_magic(str(path)) and not os.path.lexists(path) and archive_of(path) is None:
            found = self._matches()
        else:
            return self._itself()
        if self._unknown:
            self._tell(_unknown_files(path, self._unknown))
        if not found and not self._is_explained:
            raise NothingFound(path)
        return found

    def _itself(self) -> list[FoundFile]:
        path = self._named
        corpus = (archive_of(path) or inner_name(path)).stem
        try:
            return [FoundFile(path, choose_format(path, self._format_name), corpus)]
        except EmptyAnswer as answer:
            self._tell(str(answer))
            return []

    def _matches(self) -> list[FoundFile]:
        found: list[FoundFile] = []
        for match in sorted(glob.glob(str(self._named), recursive=True)):  # noqa: PTH207  # takes "**/" and absolute ones
            path = Path(match)
            if path.is_dir():
                continue
            files = list(self._members(path))
            corpus = path.stem if files != [path] else inner_name(path).stem
            found += self._readable(files, corpus)
        return found

    def _members(self, file: Path) -> Iterable[Path]:
        """Return the file, or what is in it where it is an archive."""
        try:
            return member_paths(file) if is_archive(file) else [file]
        except InputError as error:
            self._fails(error)
        except OSError as error:
            self._fails(_unopened(error, file))
        return []

    def _readable(self, files: Iterable[Path], corpus: str) -> list[FoundFile]:
        """Return the files that a format recognises."""
        found: list[FoundFile] = []
        for file in files:
            try:
                found.append(FoundFile(file, choose_format(file, self._format_name), corpus))
            except UnknownFormat:
                self._unknown.append(file)
            except EmptyAnswer as answer:
                self._tell(str(answer))
                self._is_explained = True
            except EmptyFile as empty:
                self._tell(f"Left out: {empty}")
            except InputError as error:
                self._fails(error)
        return found

    def _fails(self, error: InputError) -> None:
        self._is_explained = True
        self._fail(error)


def _unopened(error: OSError, path: Path | None = None) -> FileMissing:
    return FileMissing(path or Path(error.filename), (error.strerror or str(error)).lower())


def _walk(folder: Path, fail: Callable[[OSError], None]) -> Iterator[Path]:
    """Yield the files below a folder in order of their names, without hidden ones."""
    for parent, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and (path := Path(parent, name)).is_file():
                yield path


def _unknown_files(named: Path, files: list[Path]) -> str:
    names = ", ".join(
        str(file).removeprefix(str(named)).lstrip("/!") for file in files[:SHOWN_NAMES]
    )
    more = f" and {len(files) - SHOWN_NAMES:,} more" if len(files) > SHOWN_NAMES else ""
    count = "1 file is" if len(files) == 1 else f"{len(files):,} files are"
    return f"Left out: {named}: {count} of no known format: {names}{more}."
