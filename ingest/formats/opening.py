"""The one door to the bytes of an input file."""

from pathlib import Path
from typing import BinaryIO


def open_bytes(path: Path) -> BinaryIO:
    """Open a file for reading its content from the beginning."""
    return path.open("rb")
