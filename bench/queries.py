"""The questions that pages ask, and those of the terminal, on a published file of any size.

    PAPERTALLY_HOME=FOLDER python -m bench.queries [ROUNDS]

The part of `bench.dashboard` that needs no browser and no server: each question in this process
with the caches emptied, each command in a process of its own.
"""

import os
import sys
from statistics import median

import duckdb

from bench.dashboard import by_query, command, pages
from bench.measured import keep
from dashboard import warehouse

ROUNDS = 5
LIMIT_MS = 50
SHOWN = 12
GROUPED = (
    "select papers.venue, count(*) as mention_count from marts.fct_mentions as mentions"
    " inner join marts.dim_papers as papers using (paper_id) group by all order by all desc limit 9"
)
COMMANDS = (
    ("query", "select 1 as nothing"),
    ("query", "from marts.entity_counts order by paper_count desc limit 10"),
    ("query", "from marts.fct_mentions where entity_id = 'model:gpt-4' limit 20"),
    ("query", GROUPED),
    ("top", "model"),
    ("trend", "GPT-4"),
    ("evidence", "GPT-4"),
)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    path = warehouse.published().path
    with duckdb.connect(str(path), read_only=True) as con:
        papers, mentions = con.sql(
            "select (select count(*) from marts.dim_papers), count(*) from marts.fct_mentions"
        ).fetchall()[0]
        places = pages(con)
    print(f"{papers:,} papers, {mentions:,} mentions, {path.stat().st_size >> 20:,} MB; medians of"
          f" {rounds}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # fmt: skip
    rows = by_query(places, rounds)
    print(f"{'question':50}{'asked':>6}{'ms':>8}{'worst':>8}{'CPU ms':>8}")
    for row in rows[:SHOWN]:
        print("{query:50}{asked:6}{ms:8.0f}{worst_ms:8.0f}{cpu_ms:8.0f}".format(**row))
    within = sum(row["ms"] <= LIMIT_MS for row in rows)
    print(f"{len(rows)} questions: median {median(row['ms'] for row in rows):.0f} ms,"
          f" {median(row['cpu_ms'] for row in rows):.0f} ms of CPU;"
          f" {within} take at most {LIMIT_MS} ms")  # fmt: skip
    commands = [command(words, rounds) for words in COMMANDS]
    for row in commands:
        print("{command:.90} {s:.2f} s {cpu_s:.2f} CPU s".format(**row))
    size = {"papers": papers, "mentions": mentions, "bytes": path.stat().st_size}
    keep("queries", size | {"load": os.getloadavg(), "questions": rows, "commands": commands})


if __name__ == "__main__":
    main()
