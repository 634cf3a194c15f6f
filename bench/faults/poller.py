"""A reader that looks all the time, as plain DuckDB through the pointer and as a query."""

import threading
import time

import duckdb

from bench.faults.homes import Broken, consistent


class Poller:
    """Asks what is published over and over while something happens to the home.

    Attributes:
        looks: answers that it got.
        runs: what was published in them.
        errors: what went wrong; there should be nothing.
    """

    def __init__(self, home, pause=0.05):
        self.looks, self.runs, self.errors = 0, set(), []
        self._pointer, self._pause = home / "current.duckdb", pause
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._is_over.set()
        self._thread.join()

    def _look(self):
        while not self._is_over.is_set():
            try:
                with duckdb.connect(str(self._pointer.resolve()), read_only=True) as con:
                    self.runs.add(consistent(con)["run_id"])
                self.looks += 1
            except (duckdb.Error, OSError, Broken) as error:
                self.errors.append(f"{type(error).__name__}: {error}")
            time.sleep(self._pause)
