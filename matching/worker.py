"""A process that matches batches for another: requests on its input, answers on its output.

It ends when its input ends, and so with the process that started it, however that one ends.
"""

import gc
import pickle
import signal
import struct
import sys
from importlib.abc import MetaPathFinder
from typing import Any, BinaryIO, Final, cast

from matching.arrow import from_bytes, to_bytes
from matching.companies import find_companies
from matching.engine import find_mentions
from matching.occurrences import find_definitions
from matching.vocabulary import Alias, Cue, Vocabulary, compile_vocabulary

Rows = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]
"""Aliases and cues as plain tuples."""

Answer = tuple[bytes | None, str]
"""Arrow bytes, or None and what went wrong."""

_LENGTH: Final = struct.Struct("<Q")


class _NoPandas(MetaPathFinder):
    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("Nothing in this process uses pandas.", name=fullname)


def without_pandas() -> None:
    """Keep pyarrow from importing pandas at its first array: 0.7 s a process, for nothing."""
    sys.meta_path.insert(0, _NoPandas())


def send(stream: BinaryIO, message: object) -> None:
    """Write one message."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> object:
    """Return the next message.

    Raises:
        EOFError: the other side has ended.
    """
    length = stream.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(length)
    return pickle.loads(stream.read(size))  # noqa: S301  # only our own parent and child write here


def serve() -> None:
    """Answer until the input ends. What is asked is told in `matching.pool`."""
    without_pandas()
    gc.disable()  # the engine makes no cycles, and what it keeps is dear to walk through
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    vocabularies: dict[str, Vocabulary] = {}
    while True:
        try:
            request = receive(requests)
        except EOFError:
            return
        task, *arguments = cast("tuple[str, Any]", request)
        if task == "vocabulary":
            key, aliases, cues = arguments
            vocabularies[key] = compile_vocabulary(
                [Alias(*alias) for alias in aliases], [Cue(*cue) for cue in cues]
            )
            continue
        answer = _answer(task, arguments, vocabularies)
        try:
            send(answers, answer)
        except BrokenPipeError:
            return


def _answer(task: str, arguments: list[Any], vocabularies: dict[str, Vocabulary]) -> Answer:
    key, data = arguments
    try:
        arrays = from_bytes(data)
        if task == "mentions":
            found = find_mentions(arrays[0], vocabularies[key])
        elif task == "definitions":
            found = find_definitions(arrays[0], arrays[1])
        else:
            found = find_companies(arrays[0])
        return to_bytes([found]), ""
    except Exception as error:  # noqa: BLE001  # it is raised again in the parent
        return None, f"{type(error).__name__}: {error}"
