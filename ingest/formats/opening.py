"""The one door to the bytes of an input: plain, compressed, or a member of a zip archive.

What is compressed is known by its first bytes and is expanded as it is read. Nothing is
believed about sizes that an archive states: what comes out is counted.
"""

import io
import lzma
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Final, Protocol

import zstandard

from ingest.errors import Bomb, BrokenStream, FileMissing, UnreadableFile
from ingest.formats.archives import find_member, only_member

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_EXPANDED_BYTES: Final = 64 * 2**30
"""Twelve times the largest file in use, the arXiv snapshot of 5 GB."""

MAX_RATIO: Final = 200
"""Papers as JSON, XML or CSV shrink 3 to 20 times; a bomb of deflate reaches 1,032."""

FREE_BYTES: Final = 64 * 2**20
"""Below this the ratio is not judged: so little harms nobody, and a table of zeros is no bomb."""

MAX_WINDOW_BYTES: Final = 128 * 2**20
"""Memory that a decompressor may ask for: what `zstd --long` and more than `xz -9` need."""

BUFFER_BYTES: Final = 128 * 2**10
STEP_BYTES: Final = 1024
"""Packed bytes taken at a time: the worst of the three, zstd, makes 32 MB of so many."""

MEMBER_STEP_BYTES: Final = 4096
MAGIC_BYTES: Final = 6
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
ENDINGS: Final = {".gz", ".xz", ".zst"}
DAMAGE: Final = (
    EOFError,
    OSError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zstandard.ZstdError,
)


def open_bytes(path: Path) -> BinaryIO:
    """Open an input for reading, expanded where it is compressed, in bounded memory.

    Reading raises `Bomb` where far too much comes out, and `BrokenStream` where compressed
    data is cut off or damaged; all that was read before it is sound.

    Raises:
        InputError: there is no such input, or it cannot be opened.
    """
    stored = open_stored(path)
    head = stored.peek(MAGIC_BYTES)
    if head.startswith(ZIP):
        stored.close()
        if not path.is_file():
            raise UnreadableFile(path, "an archive inside an archive; unpack the outer one")
        return open_bytes(only_member(path))
    for magic, new_stream in STREAMS.items():
        if head.startswith(magic):
            counted = _Counted(stored)
            return _expanded(path, counted, _Streams(counted, new_stream))
    return stored


def open_stored(path: Path) -> io.BufferedReader:
    """Open the bytes of an input as they are stored: of a file, or of a member of an archive.

    Raises:
        InputError: there is no such input, or it cannot be opened.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise FileMissing(path, "it is a pipe or a device, which cannot be read twice")
        return path.open("rb")
    except OSError as error:
        found = find_member(path)
        if found is None:
            reason = (error.strerror or str(error)).lower()
            missing = isinstance(error, FileNotFoundError)
            raise (FileMissing(path) if missing else FileMissing(path, reason)) from error
    member = _InSteps(*found)
    return _expanded(path, member, member)


def inner_name(path: Path) -> Path:
    """Return the name without the ending that only says how it is compressed."""
    return path.with_suffix("") if path.suffix.lower() in ENDINGS else path


@contextmanager
def as_file(path: Path) -> Generator[Path]:
    """Yield a plain file with the bytes of `open_bytes`, for readers that jump about in it."""
    with open_bytes(path) as opened:
        if path.is_file() and opened.seekable():
            yield path
            return
        with tempfile.NamedTemporaryFile(prefix="papertally-") as copy:
            shutil.copyfileobj(opened, copy, BUFFER_BYTES)
            copy.flush()
            yield Path(copy.name)


class _Reader(Protocol):
    def read(self, size: int, /) -> bytes | memoryview: ...


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


class _Packed(Protocol):
    """Packed bytes, and how many of them went into what has been read so far."""

    consumed: int

    def close(self) -> None: ...


class _Counted:
    """A source of packed bytes that counts them."""

    def __init__(self, source: io.BufferedReader) -> None:
        self.consumed = 0
        self._source = source

    def read(self, size: int) -> bytes:
        chunk = self._source.read(size)
        self.consumed += len(chunk)
        return chunk

    def close(self) -> None:
        self._source.close()


class _InSteps:
    """A member of an archive, read in small pieces: where its checksum fails, one is lost."""

    def __init__(self, member: IO[bytes], packed_bytes: int) -> None:
        self.consumed = packed_bytes  # where it is in them is not known
        self._member = member

    def read(self, size: int, /) -> bytes:
        return self._member.read(min(size, MEMBER_STEP_BYTES))

    def close(self) -> None:
        self._member.close()


class _Expanded(io.RawIOBase):
    """What a decompressor yields, for as long as it stays within the limits."""

    def __init__(self, path: Path, packed: _Packed, reader: _Reader) -> None:
        self._path = path
        self._packed = packed
        self._reader = reader
        self._expanded = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            chunk = self._reader.read(len(view))
        except MemoryError as error:
            raise Bomb(self._path, f"{MAX_WINDOW_BYTES >> 20} MB of memory would hold") from error
        except DAMAGE as error:
            raise BrokenStream(self._path, str(error) or type(error).__name__) from error
        view[: len(chunk)] = chunk
        self._expanded += len(chunk)
        if self._expanded > MAX_EXPANDED_BYTES:
            raise Bomb(self._path, f"{MAX_EXPANDED_BYTES >> 30} GB")
        if self._expanded > max(FREE_BYTES, MAX_RATIO * self._packed.consumed):
            raise Bomb(self._path, f"{MAX_RATIO} times its size")
        return len(chunk)

    def close(self) -> None:
        if not self.closed:
            self._packed.close()
        super().close()


class _Streams:
    """Compressed streams, one after the other, each of which has to reach its end mark."""

    def __init__(self, source: _Counted, new_stream: Callable[[], _Decompressor]) -> None:
        self._source = source
        self._new_stream = new_stream
        self._stream = new_stream()
        self._ready = memoryview(b"")

    def read(self, size: int, /) -> memoryview:
        """Return up to `size` bytes, and none at the end of the last stream."""
        while not self._ready:
            if self._stream.eof:
                packed = self._stream.unused_data or self._source.read(STEP_BYTES)
                packed = packed.lstrip(b"\0") or self._source.read(STEP_BYTES)
                if not packed:
                    break
                self._stream = self._new_stream()
            elif not (packed := self._source.read(STEP_BYTES)):
                raise EOFError("it ends before its end mark")
            self._ready = memoryview(self._stream.decompress(packed))
        chunk, self._ready = self._ready[:size], self._ready[size:]
        return chunk


def _new_gzip() -> _Decompressor:
    return zlib.decompressobj(zlib.MAX_WBITS | 16)


def _new_xz() -> _Decompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MAX_WINDOW_BYTES)


def _new_zstd() -> _Decompressor:
    return zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES).decompressobj()


STREAMS: Final = {b"\x1f\x8b": _new_gzip, b"\xfd7zXZ\0": _new_xz, b"\x28\xb5\x2f\xfd": _new_zstd}
"""First bytes to what expands them."""


def _expanded(path: Path, packed: _Packed, reader: _Reader) -> io.BufferedReader:
    return io.BufferedReader(_Expanded(path, packed, reader), BUFFER_BYTES)
