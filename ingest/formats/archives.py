"""Zip archives: their members by name, read in place and never written anywhere.

A member is an input of its own, named `archive.zip!member`. Its name is only ever a name:
`../` or a leading slash in it leads nowhere.
"""

import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Final

from ingest.errors import UnreadableFile

MARK: Final = "!"
MAX_MEMBERS: Final = 100_000
"""More than ten times the days that any provider has been listing papers."""


@dataclass(frozen=True, slots=True)
class _Archive:
    file: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]


def is_archive(path: Path) -> bool:
    """Whether a file begins and ends like a zip archive."""
    with path.open("rb") as file:
        return file.read(2) == b"PK" and zipfile.is_zipfile(file)


def member_paths(archive: Path) -> list[Path]:
    """Return the archive's files as paths of inputs, in its own order.

    Left out are folders and what macOS adds. Of several members of one name the last counts,
    as for every program that unpacks.

    Raises:
        UnreadableFile: it is damaged or has too many members.
    """
    return [Path(name) for name in _opened(archive).members]


def only_member(archive: Path) -> Path:
    """Return the path of the one file in an archive.

    Raises:
        UnreadableFile: there are none or several.
    """
    members = member_paths(archive)
    if len(members) != 1:
        raise UnreadableFile(archive, f"an archive of {len(members):,} files, not of one")
    return members[0]


def find_member(path: Path) -> tuple[IO[bytes], int] | None:
    """Return a stream of a member and its packed size; None where the path names none.

    Raises:
        UnreadableFile: the member is encrypted or packed in an unknown way.
    """
    archive = archive_of(path)
    info = _opened(archive).members.get(str(path)) if archive else None
    if archive is None or info is None:
        return None
    try:
        packed_bytes = min(info.compress_size, archive.stat().st_size)
        return _opened(archive).file.open(info), packed_bytes
    except RuntimeError as error:
        raise UnreadableFile(path, "it is encrypted; unpack it and give that") from error
    except (NotImplementedError, zipfile.BadZipFile) as error:
        raise UnreadableFile(path, f"the archive cannot be read ({error})") from error


def archive_of(path: Path) -> Path | None:
    """Return the archive of a path of the form `archive.zip!member`."""
    text = str(path)
    marks = (place for place, char in enumerate(text) if char == MARK)
    candidates = (Path(text[:place]) for place in marks if place)
    return next((found for found in candidates if found.is_file() and is_archive(found)), None)


def _opened(archive: Path) -> _Archive:
    stat = archive.stat()
    return _open_archive(archive, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=2)
def _open_archive(archive: Path, changed: int, size: int) -> _Archive:
    """Keep the last archives open, so that ten thousand members do not list it as often."""
    del changed, size
    try:
        file = zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableFile(archive, f"not a whole zip archive ({error})") from error
    infos = file.infolist()
    if len(infos) > MAX_MEMBERS:
        raise UnreadableFile(archive, f"an archive of more than {MAX_MEMBERS:,} files")
    named = {str(Path(f"{archive}{MARK}{_shown(info.filename)}")): info for info in infos}
    return _Archive(file, {name: info for name, info in named.items() if _is_paper_file(info)})


def _is_paper_file(info: zipfile.ZipInfo) -> bool:
    parts = info.filename.split("/")
    return not (info.is_dir() or "__MACOSX" in parts or parts[-1] in {"", ".DS_Store"})


def _shown(name: str) -> str:
    r"""Return a name with characters that would move a terminal's cursor as \\xNN."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in name)
