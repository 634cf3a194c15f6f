"""From what a person names (files, folders, archives, patterns) to files of a known format.

A file that is named itself must be readable. In a folder, an archive or a pattern there may
be anything: what no format recognises is said and left out, and does not stop the others.
"""

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.errors import EmptyAnswer, InputError, NothingFound, UnknownFormat
from ingest.formats import Format, choose_format
from ingest.formats.archives import archive_of, is_archive, member_paths
from ingest.formats.opening import inner_name

SHOWN_NAMES: Final = 5
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file and its format; `corpus` is what its papers are called if nobody names them."""

    path: Path
    file_format: Format
    corpus: str


def find_files(named: Sequence[Path], format_name: str | None, tell: Tell) -> list[FoundFile]:
    """Find every file that the paths lead to, each of them once, in a fixed order.

    All files of a folder or an archive are one corpus, called after it.

    Args:
        named: files, folders (taken with their subfolders), zip archives, members of them
            (`archive.zip!member`) and patterns (`2024-*.json`, `**/*.bib`).
        format_name: the format of all of them; recognised file by file when None.
        tell: takes a sentence about what was left out.

    Raises:
        InputError: for the first path that cannot be ingested.
    """
    found: dict[Path, FoundFile] = {}
    for path in named:
        for file in _expanded(path, format_name, tell):
            found.setdefault(file.path.absolute(), file)
    return list(found.values())


def _expanded(path: Path, format_name: str | None, tell: Tell) -> list[FoundFile]:
    if path.is_dir():
        files = [inner for file in _walk(path) for inner in _members(file, tell)]
        return _readable(path, files, path.resolve().name, format_name, tell)
    if path.is_file() and is_archive(path):
        return _readable(path, member_paths(path), path.stem, format_name, tell)
    if glob.has_magic(str(path)) and not os.path.lexists(path) and archive_of(path) is None:
        return _matches(path, format_name, tell)
    corpus = (archive_of(path) or inner_name(path)).stem
    try:
        return [FoundFile(path, choose_format(path, format_name), corpus)]
    except EmptyAnswer as answer:
        tell(str(answer))
        return []


def _matches(pattern: Path, format_name: str | None, tell: Tell) -> list[FoundFile]:
    found: list[FoundFile] = []
    for match in sorted(glob.glob(str(pattern), recursive=True)):  # noqa: PTH207  # takes "**/" and absolute ones
        path = Path(match)
        if path.is_dir():
            continue
        files = list(_members(path, tell))
        corpus = path.stem if files != [path] else inner_name(path).stem
        found += _readable(pattern, files, corpus, format_name, tell, may_be_none=True)
    if not found:
        raise NothingFound(pattern)
    return found


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in order of their names, without hidden ones."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and (path := Path(parent, name)).is_file():
                yield path


def _members(file: Path, tell: Tell) -> Iterable[Path]:
    """Return the file, or what is in it where it is an archive."""
    try:
        return member_paths(file) if is_archive(file) else [file]
    except InputError as error:
        tell(f"Left out: {error}")
    except OSError as error:
        tell(f"Left out: {file}: {(error.strerror or str(error)).lower()}.")
    return []


def _readable(
    named: Path,
    files: Iterable[Path],
    corpus: str,
    format_name: str | None,
    tell: Tell,
    *,
    may_be_none: bool = False,
) -> list[FoundFile]:
    """Return the files that a format recognises; say which others there are."""
    found: list[FoundFile] = []
    unknown: list[Path] = []
    for file in files:
        try:
            found.append(FoundFile(file, choose_format(file, format_name), corpus))
        except UnknownFormat:
            unknown.append(file)
        except EmptyAnswer as answer:
            tell(str(answer))
            may_be_none = True
        except InputError as error:
            tell(f"Left out: {error}")
    if unknown:
        tell(_unknown_files(named, unknown))
    if not found and not may_be_none:
        raise NothingFound(named)
    return found


def _unknown_files(named: Path, files: list[Path]) -> str:
    names = ", ".join(
        str(file).removeprefix(str(named)).lstrip("/!") for file in files[:SHOWN_NAMES]
    )
    more = f" and {len(files) - SHOWN_NAMES:,} more" if len(files) > SHOWN_NAMES else ""
    count = "1 file is" if len(files) == 1 else f"{len(files):,} files are"
    return f"Left out: {named}: {count} of no known format: {names}{more}."
