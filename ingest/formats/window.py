"""A window that moves along a stream, so that records can be cut out of files of any size."""

import re
from typing import BinaryIO, Final

from ingest.formats.lines import BOM
from ingest.formats.reading import read_some

CHUNK_BYTES: Final = 256 * 2**10
MAX_RECORD_BYTES: Final = 10 * 2**20
"""The longest abstracts have 20 kB; what is a thousand times longer is no record of a paper."""

OVERLAP_BYTES: Final = 4096
"""What is searched again after reading on; no pattern matches more."""


class Window:
    """The part of a stream that is being looked at.

    Attributes:
        text: the bytes in the window.
        line: the number of the line on which it begins, 1-based.
        at: where the next search begins.
        damage: why the stream ended early, if it did.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.text = b""
        self.line = 1
        self.at = 0
        self.damage = ""
        self._is_at_end = False
        self._read_on()
        self.text = self.text.removeprefix(BOM)

    def find(self, pattern: re.Pattern[bytes], *, keep: bool) -> re.Match[bytes] | None:
        """Move behind the next match and return it; None at the end, or where `is_full`.

        Args:
            pattern: what to look for.
            keep: whether the text before the match is still needed.
        """
        while True:
            match = pattern.search(self.text, self.at)
            if match:
                self.at = match.end()
                return match
            self.at = max(self.at, len(self.text) - OVERLAP_BYTES)
            if not keep:
                self.drop(self.at)
            if self._is_at_end or self.is_full:
                return None
            self._read_on()

    @property
    def is_full(self) -> bool:
        """Whether more was to be kept than any record has."""
        return len(self.text) > MAX_RECORD_BYTES

    def drop(self, count: int) -> None:
        """Let the window begin so many bytes later."""
        self.line += self.text.count(b"\n", 0, count)
        self.text = self.text[count:]
        self.at = max(0, self.at - count)

    def _read_on(self) -> None:
        chunk, broken = read_some(self._file, CHUNK_BYTES)
        self.damage = self.damage or broken
        self._is_at_end = bool(broken) or not chunk
        self.text += chunk
