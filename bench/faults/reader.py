"""A process of readers who ask all the time, each on a thread of its own.

    python -m bench.faults.reader KIND THREADS STOP_FILE

KIND: plain (DuckDB on the file behind the pointer), pointer (DuckDB on the pointer), query
(`papertally query`), session (what the pages of the dashboard ask), holder (plain, but each
connection is kept for a while). Prints JSON: answers, errors, what was published in them, and the
most memory that the process had.
"""

import json
import logging
import os
import resource
import sys
import threading
import time
from pathlib import Path

import duckdb

from bench.faults.homes import SAME_IN_ALL, consistent, require
from papertally.reading.query import run_query
from papertally.settings import load_settings

THINKING_SECONDS = 1
APART = (
    "select count(*) from marts.dim_papers",
    "select paper_count from marts.corpus_summary",
    "select paper_count from quality.runs order by finished_at desc limit 1",
)


def plain(settings, seconds=0.0):
    # a process that has a file open by a name goes on seeing it under that name
    return pointer(settings, seconds, settings.current.resolve())


def pointer(settings, seconds=0.0, path=None):
    with duckdb.connect(str(path or settings.current), read_only=True) as con:
        first = consistent(con)
        for query in APART:
            time.sleep(seconds)
            require(con.execute(query).fetchone()[0] == first["papers"], "the answers are mixed")
        return first["run_id"]


def query(settings):
    (row,) = run_query(settings, SAME_IN_ALL).to_dicts()
    require(row["papers"] == row["summary_papers"] == row["run_papers"], f"mixed: {row}")
    require(row["mentions"] == row["counted_mentions"] == row["run_mentions"], f"mixed: {row}")
    return row["run_id"]


def session(_settings):
    from dashboard import warehouse
    from queries import corpus
    from queries.scope import WHOLE

    snapshot = warehouse.published()  # as each page does once a run
    summary = snapshot.read(corpus.summary, WHOLE)
    time.sleep(0.1)
    freshness = snapshot.read(corpus.freshness)
    with duckdb.connect(str(snapshot.path), read_only=True) as con:
        row = consistent(con)
    require(summary.paper_count == row["papers"], "the page is mixed")
    require(freshness.run_id == row["run_id"], "the page is mixed")
    return row["run_id"]


def holder(settings):
    return plain(settings, seconds=5)


def main():
    kind, threads, stop = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    parent = os.getppid()
    logging.disable(logging.WARNING)
    settings, ask = load_settings(), globals()[kind]
    answers, errors, runs, lock = [0] * threads, [], set(), threading.Lock()

    def read(number):
        while not stop.exists() and os.getppid() == parent:
            try:
                run = ask(settings)
            except Exception as error:  # noqa: BLE001
                with lock:
                    errors.append(f"{type(error).__name__}: {error}")
            else:
                answers[number] += 1
                runs.add(run)
            time.sleep(THINKING_SECONDS)

    readers = [threading.Thread(target=read, args=[number]) for number in range(threads)]
    print("reading", flush=True)
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        json.dumps(
            {
                "kind": kind,
                "answers": answers,
                "errors": errors,
                "runs": sorted(runs),
                "peak_mb": peak,
            }
        )
    )


if __name__ == "__main__":
    main()
