"""The edge to Arrow, which ships no types: texts come in here, mentions go out here."""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Positions = NDArray[np.int64]

ArrowArray = Any
"""A pyarrow Array or ChunkedArray."""

ArrowType = Any

MENTION: Final = pa.struct(
    [
        pa.field("alias_id", pa.int64()),
        pa.field("start_char", pa.int32()),
        pa.field("end_char", pa.int32()),
        pa.field("sentence_start", pa.int32()),
        pa.field("sentence_end", pa.int32()),
        pa.field("surface", pa.string()),
        pa.field("is_variant", pa.bool_()),
        pa.field("has_adjacent_cue", pa.bool_()),
        pa.field("has_sentence_cue", pa.bool_()),
    ]
)
"""One mention: offsets are 0-based, end-exclusive code points into its text.

The two cue flags are looked up for ambiguous aliases only; for safe ones they are false.
"""

OCCURRENCE: Final = pa.struct(
    [
        pa.field("section", pa.string()),
        pa.field("start_char", pa.int32()),
        pa.field("end_char", pa.int32()),
        pa.field("sentence_start", pa.int32()),
        pa.field("sentence_end", pa.int32()),
        pa.field("surface", pa.string()),
        pa.field("name", pa.string()),
        pa.field("entity_type", pa.string()),
        pa.field("rule", pa.string()),
        pa.field("is_long_form", pa.bool_()),
        pa.field("traits", pa.list_(pa.string())),
    ]
)
"""One place of a name that its paper defines; offsets as in MENTION.

The traits of a name are given where the paper does not say what it is.
"""


COMPANY: Final = pa.struct(
    [
        pa.field("start_char", pa.int32()),
        pa.field("end_char", pa.int32()),
        pa.field("sentence_start", pa.int32()),
        pa.field("sentence_end", pa.int32()),
        pa.field("name", pa.string()),
        pa.field("cues", pa.list_(pa.string())),
        pa.field("neighbours", pa.list_(pa.string())),
        pa.field("traits", pa.list_(pa.string())),
    ]
)
"""One name-shaped word with what stands around it; offsets as in MENTION."""


MENTIONS: ArrowType = pa.list_(MENTION)
OCCURRENCES: ArrowType = pa.list_(OCCURRENCE)
COMPANIES: ArrowType = pa.list_(COMPANY)


def joined_texts(texts: ArrowArray) -> tuple[bytes, Positions]:
    """Return n strings (any Arrow string type, nulls as empty) end to end, and n + 1 offsets."""
    array = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    if not len(array):
        return b"", np.zeros(1, dtype=np.int64)
    array = array.cast(pa.large_string()).fill_null("")
    _, offset_buffer, text_buffer = array.buffers()
    offsets = np.frombuffer(offset_buffer, dtype=np.int64)
    offsets = offsets[array.offset : array.offset + len(array) + 1]
    low, high = int(offsets[0]), int(offsets[-1])
    text = text_buffer.slice(low, high - low).to_pybytes() if text_buffer is not None else b""
    return text, offsets - low


def mention_lists(columns: Sequence[Any], list_offsets: NDArray[np.int32]) -> ArrowArray:
    """Return lists of MENTION structs from one column a field, in the order of the fields."""
    return _lists(MENTION, columns, list_offsets)


def occurrence_lists(columns: Sequence[Any], list_offsets: NDArray[np.int32]) -> ArrowArray:
    """Return lists of OCCURRENCE structs from one column a field, in the order of the fields."""
    return _lists(OCCURRENCE, columns, list_offsets)


def company_lists(columns: Sequence[Any], list_offsets: NDArray[np.int32]) -> ArrowArray:
    """Return lists of COMPANY structs from one column a field, in the order of the fields."""
    return _lists(COMPANY, columns, list_offsets)


def _lists(struct: Any, columns: Sequence[Any], list_offsets: NDArray[np.int32]) -> ArrowArray:
    fields = [
        column if isinstance(column, pa.Array) else pa.array(column, type=field.type)
        for column, field in zip(columns, struct, strict=True)
    ]
    structs = pa.StructArray.from_arrays(fields, fields=list(struct))
    return pa.ListArray.from_arrays(pa.array(list_offsets), structs)


def string_lists(values: Sequence[Sequence[str]]) -> ArrowArray:
    """Return lists of strings as an Arrow array."""
    lengths = np.fromiter(map(len, values), dtype=np.int32, count=len(values))
    offsets = np.concatenate(([0], np.cumsum(lengths, dtype=np.int32)), dtype=np.int32)
    flat = pa.array(list(chain.from_iterable(values)), type=pa.string())
    return pa.ListArray.from_arrays(pa.array(offsets), flat)


def slices(text: NDArray[np.uint8], starts: Positions, ends: Positions) -> ArrowArray:
    """Return the parts of UTF-8 text between pairs of character borders, as Arrow strings."""
    lengths = ends - starts
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    places = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], lengths)
    return pa.StringArray.from_buffers(
        len(lengths), pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(text[places])
    )


def to_bytes(arrays: Sequence[ArrowArray]) -> bytes:
    """Return arrays of one length as bytes that another process can read."""
    whole = [a.combine_chunks() if isinstance(a, pa.ChunkedArray) else a for a in arrays]
    batch = pa.record_batch(whole, names=[str(at) for at in range(len(whole))])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return sink.getvalue().to_pybytes()


def from_bytes(data: bytes) -> list[ArrowArray]:
    """Return the arrays behind such bytes."""
    with pa.ipc.open_stream(data) as reader:
        return list(reader.read_next_batch().columns)


def concatenated(arrays: Sequence[ArrowArray]) -> ArrowArray:
    """Return arrays end to end."""
    return pa.concat_arrays(arrays)


def boolean_array(values: NDArray[np.bool_]) -> ArrowArray:
    """Return the truth values as an Arrow array."""
    return pa.array(values)


def string_array(values: Sequence[str]) -> ArrowArray:
    """Return the strings as an Arrow array."""
    return pa.array(values, type=pa.string())
