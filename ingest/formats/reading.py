"""Reading on until the data ends or breaks, without losing what came before the break."""

from typing import BinaryIO

from ingest.errors import BrokenStream


def read_some(file: BinaryIO, least: int) -> tuple[bytes, str]:
    """Return at least so many bytes, fewer only at the end, and why the data broke if it did.

    A plain `read` that breaks half-way forgets the half that was sound, so this one takes
    what is at hand bit by bit.
    """
    read = getattr(file, "read1", file.read)
    taken: list[bytes] = []
    size = 0
    try:
        while size < least and (piece := read(max(least - size, 1 << 17))):
            taken.append(piece)
            size += len(piece)
    except BrokenStream as error:
        return b"".join(taken), error.reason
    return b"".join(taken), ""
