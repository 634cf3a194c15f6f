"""Files that are either whole or not there: copied, digested, flushed, then named."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

CHUNK: Final = 1 << 20
READ_ONLY: Final = 0o444
PARTIAL: Final = ".partial"


def digest(path: Path) -> str:
    """Return the digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, _new_digest).hexdigest()


def copy_whole(
    source: Path, target: Path, expected: str | None = None, mode: int = READ_ONLY
) -> str | None:
    """Copy a file under a name that it gets once it is whole and on disk.

    Args:
        source: what to copy.
        target: its name; what is there is replaced in one step.
        expected: the digest that its bytes have to have.
        mode: permissions of the copy.

    Returns:
        The digest of what was copied; None where it is not the one expected, and then there
        is no copy and `target` is as it was.
    """
    partial = target.with_name(target.name + PARTIAL)
    partial.unlink(missing_ok=True)
    seen = _new_digest()
    try:
        with source.open("rb") as from_file, partial.open("wb") as to_file:
            while chunk := from_file.read(CHUNK):
                seen.update(chunk)
                to_file.write(chunk)
            to_file.flush()
            os.fsync(to_file.fileno())
        if expected is not None and seen.hexdigest() != expected:
            return None
        partial.chmod(mode)
        partial.replace(target)
        sync_folder(target.parent)
    finally:
        partial.unlink(missing_ok=True)  # a full disk is not made fuller
    return seen.hexdigest()


def write_whole(target: Path, write: Callable[[Path], object]) -> None:
    """Let a function write a small file, and give it its name when it is on disk."""
    partial = target.with_name(target.name + PARTIAL)
    try:
        write(partial)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(target)
        sync_folder(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def sync_folder(path: Path) -> None:
    """See that the names in a folder are on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _new_digest() -> "hashlib.blake2b":
    return hashlib.blake2b(digest_size=16)
