"""The engine on all cores: batches go to processes, because one process matches on one core only.

DuckDB calls an Arrow function from each of its threads, but Python's lock lets one of them work
at a time. So a batch is cut into as many parts as processes are free. A process is a plain
child that reads requests from its input (`matching.worker`): no fork, so it works beside
DuckDB's threads and on every platform, and it ends when this process ends, killed or not.
"""

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from queue import Empty, LifoQueue
from typing import BinaryIO, Final, cast

from matching.arrow import ArrowArray, boolean_array, concatenated, from_bytes, to_bytes
from matching.companies import find_companies
from matching.differences import Differences
from matching.engine import find_mentions
from matching.occurrences import find_definitions
from matching.vocabulary import Alias, Cue, Vocabulary, compile_vocabulary, vocabulary_key
from matching.worker import Answer, Rows, receive, send

_ALONE: Final = 4096
"""Rows that are matched here before processes are started: a small corpus does not pay for them."""

_LEAST: Final = 256
"""Rows below which a batch is not worth the way to a process."""

_START: Final = "from matching.worker import serve; serve()"


class Matcher:
    """Vocabularies by key, and the three searches of the engine on up to `processes` cores."""

    def __init__(self, processes: int) -> None:
        """Start nothing yet."""
        self._processes = processes
        self._listed: dict[str, Rows] = {}
        self._compiled: dict[str, Vocabulary] = {}
        self._differences: dict[tuple[str, str], Differences] = {}
        self._rows_alone = 0
        self._idle: LifoQueue[_Worker] | None = None
        self._starting = threading.Lock()

    def compile(self, aliases: Sequence[Alias], cues: Sequence[Cue]) -> str:
        """Take a vocabulary, compiled when a search here first asks for it, and return its key."""
        key = vocabulary_key(aliases, cues)
        if key not in self._listed:
            self._listed[key] = ([astuple(a) for a in aliases], [astuple(c) for c in cues])
        return key

    def mentions(self, texts: ArrowArray, key: str) -> ArrowArray:
        """Return what `find_mentions` does, for the vocabulary of that key."""
        return self._run(
            "mentions", key, (texts,), lambda: find_mentions(texts, self._vocabulary(key))
        )

    def definitions(self, titles: ArrowArray, abstracts: ArrowArray) -> ArrowArray:
        """Return what `find_definitions` does."""
        return self._run(
            "definitions", "", (titles, abstracts), lambda: find_definitions(titles, abstracts)
        )

    def companies(self, texts: ArrowArray) -> ArrowArray:
        """Return what `find_companies` does."""
        return self._run("companies", "", (texts,), lambda: find_companies(texts))

    def may_differ(self, texts: ArrowArray, old_key: str, new_key: str) -> ArrowArray:
        """Return for each text whether the vocabularies of two keys may find different mentions."""
        keys = (old_key, new_key)
        old, new = (self._vocabulary(key) for key in keys)
        with self._starting:
            if keys not in self._differences:
                self._differences[keys] = Differences(old, new)
        return boolean_array(self._differences[keys].may_show(texts))

    def close(self) -> None:
        """End the processes; without it they end with this process."""
        with self._starting, suppress(Empty):
            while self._idle is not None:
                self._idle.get_nowait().end()

    def _vocabulary(self, key: str) -> Vocabulary:
        with self._starting:
            if key not in self._compiled:
                aliases, cues = self._listed[key]
                self._compiled[key] = compile_vocabulary(
                    [Alias(*alias) for alias in aliases], [Cue(*cue) for cue in cues]
                )
            return self._compiled[key]

    def _run(
        self, task: str, key: str, arrays: Sequence[ArrowArray], alone: Callable[[], ArrowArray]
    ) -> ArrowArray:
        count = len(arrays[0])
        idle = self._workers(count)
        if idle is None:
            return alone()
        workers = _take(idle, at_most=max(1, count // _LEAST))
        bounds = [count * part // len(workers) for part in range(len(workers) + 1)]
        try:
            for worker, low, high in zip(workers, bounds[:-1], bounds[1:], strict=True):
                if key:
                    worker.learn(key, self._listed[key])
                worker.ask((task, key, to_bytes([a.slice(low, high - low) for a in arrays])))
            return concatenated([part for worker in workers for part in worker.answer()])
        except BaseException:
            # what is left unread in a pipe would answer the next question
            workers = [worker.replaced() for worker in workers]
            raise
        finally:
            for worker in workers:
                idle.put(worker)

    def _workers(self, count: int) -> "LifoQueue[_Worker] | None":
        """Return the processes, started when enough rows were seen to pay for them."""
        if self._processes < 2 or count < _LEAST:
            return None
        with self._starting:
            self._rows_alone += count
            if self._idle is None and self._rows_alone > _ALONE:
                self._idle = LifoQueue()
                for _ in range(self._processes):
                    self._idle.put(_Worker())
            return self._idle


def _take(idle: "LifoQueue[_Worker]", at_most: int) -> "list[_Worker]":
    """Return the free processes; wait for one where all are busy, and never for a second."""
    workers = [idle.get()]
    with suppress(Empty):
        while len(workers) < at_most:
            workers.append(idle.get_nowait())
    return workers


class _Worker:
    """A child process; used by one thread at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).resolve().parent.parent,
        )
        self._known: set[str] = set()

    def learn(self, key: str, rows: Rows) -> None:
        """Send the vocabulary of a key, unless this process has it."""
        if key not in self._known:
            self.ask(("vocabulary", key, *rows))
            self._known.add(key)

    def ask(self, request: object) -> None:
        """Send a request."""
        send(cast("BinaryIO", self._process.stdin), request)

    def answer(self) -> list[ArrowArray]:
        """Wait for the answer to the request."""
        try:
            answer, error = cast("Answer", receive(cast("BinaryIO", self._process.stdout)))
        except EOFError:
            raise RuntimeError("A process that matches texts has ended unexpectedly.") from None
        if answer is None:
            raise RuntimeError(f"Matching failed: {error}")
        return from_bytes(answer)

    def end(self) -> None:
        """End this process, whatever it does."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                cast("BinaryIO", pipe).close()
        self._process.wait()

    def replaced(self) -> "_Worker":
        """End this process and return a new one."""
        self.end()
        return _Worker()
