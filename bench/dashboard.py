"""Server time of every page and query of the dashboard, and of the terminal's commands.

    PAPERTALLY_HOME=FOLDER python -m bench.dashboard [ROUNDS] [PEOPLE]

One reader views every page through a websocket, for the first time and again; each query is timed
in this process with caches emptied; then PEOPLE open pages at once (bench/dashboard_load.py). Wall
time says what a reader waits for; CPU time, over all threads, holds on a busy machine too.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from statistics import median

import duckdb
import streamlit as st
from streamlit.testing.v1 import AppTest

from bench.dashboard_first import first_load
from bench.dashboard_load import alone, load_test
from dashboard import warehouse

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "dashboard" / "streamlit_app.py"
FILTERS = {
    "": {},
    "since": {"since": "2021-01-01"},
    "section": {"section": "abstract"},
    "method": {"method": "alias"},
}
COMMANDS = (
    ("--help",),
    ("status",),
    ("top", "model"),
    ("top", "model", "--since", "2021-01-01"),
    ("trend", "GPT-4"),
    ("compare", "GPT-4", "BERT"),
    ("evidence", "GPT-4"),
    ("query", "from marts.entity_counts order by paper_count desc limit 10"),
)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    people = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    path = warehouse.published().path
    with duckdb.connect(str(path), read_only=True) as con:
        papers, mentions = con.sql(
            "select (select count(*) from marts.dim_papers), count(*) from marts.fct_mentions"
        ).fetchall()[0]
        places = pages(con)
    print(f"{papers:,} papers, {mentions:,} mentions; load {os.getloadavg()[0]:.1f} on "
          f"{os.cpu_count()} cores; medians of {rounds}")  # fmt: skip
    page_rows = by_page(alone(places, rounds))
    print(f"\n{'page, one reader':34}{'first ms':>10}{'cpu':>7}{'again ms':>10}{'cpu':>7}")
    for row in page_rows:
        print("{page:34}{first_ms:10.0f}{first_cpu_ms:7.0f}{again_ms:10.0f}"
              "{again_cpu_ms:7.0f}".format(**row))  # fmt: skip
    for kind in ("first", "again"):
        of_all = sorted(row[f"{kind}_ms"] for row in page_rows)
        print(f"{kind}: median {median(of_all):.0f} ms, "
              f"p95 {of_all[int(0.95 * (len(of_all) - 1))]:.0f} ms")  # fmt: skip
    query_rows = by_query(places, rounds)
    print(f"\n{'query, the slowest first':50}{'asked':>6}{'ms':>8}{'worst':>8}{'cpu':>8}")
    for row in query_rows:
        print("{query:50}{asked:6}{ms:8.0f}{worst_ms:8.0f}{cpu_ms:8.0f}".format(**row))
    terminal = [command(words, rounds) for words in COMMANDS]
    print(f"\n{'papertally':70}{'s':>7}{'cpu s':>7}")
    for row in terminal:
        print("{command:70}{s:7.2f}{cpu_s:7.2f}".format(**row))
    load = load_test(list(places.values()), people) if people else None
    browser = first_load(rounds)
    if browser:
        print("\nin Chromium: first numbers after {numbers_ms:.0f} ms, Streamlit's page after "
              "{page_ms:.0f} ms ({page_by_empty:.2f} of an empty one, {empty_ms:.0f} ms), the next "
              "page after {next_ms:.0f} ms; load {load:.1f}".format(**browser))  # fmt: skip
    if load:
        print("\n{people} people at once, {views} views in {seconds:.0f} s: {errors} errors; "
              "first view {first_ms:.0f} ms, then median {median_ms:.0f} ms, "
              "p95 {p95_ms:.0f} ms; load {machine_load:.1f}".format(**load))  # fmt: skip
    output = ROOT / "artifacts" / "bench-dashboard.json"
    output.parent.mkdir(exist_ok=True)
    kept = {
        "papers": papers, "mentions": mentions, "load": os.getloadavg(), "cores": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("duckdb", "polars", "streamlit", "altair")},
        "pages": page_rows, "queries": query_rows, "terminal": terminal,
        "people": load, "browser": browser,
    }  # fmt: skip
    output.write_text(json.dumps(kept, indent=1))


def pages(con):
    """Return every page, with what stands in its address, on names and a paper of the file."""
    name = one(con, "select entity_id from marts.entity_counts where entity_type = 'model' "
                    "order by paper_count desc limit 1")  # fmt: skip
    other = one(con, "select entity_id from marts.entity_counts where entity_type = 'dataset' "
                     "order by paper_count desc limit 1")  # fmt: skip
    paper = one(con, "select paper_id from marts.fct_mentions group by 1 "
                     "order by count(*) desc, 1 limit 1")  # fmt: skip
    year = one(con, f"select max(published_year)::varchar from marts.entity_year_counts "
                    f"where entity_id = '{name}' and share_paper_count > 0")  # fmt: skip
    views = {
        "overview": ("overview", {}),
        "compare": ("compare", {"name": [name, other]}),
        "compare, a point": ("compare", {"name": [name, other], "of": name, "at": year}),
        "names": ("names", {}),
        "names, one": ("names", {"name": name}),
        "papers": ("papers", {}),
        "papers, one": ("papers", {"paper": paper}),
        "together": ("together", {}),
        "new names": ("new_names", {}),
    }
    found = {
        f"{label} {kind}".strip(): (page, params | extra)
        for kind, extra in FILTERS.items()
        for label, (page, params) in views.items()
    }
    return found | {
        "papers, words": ("papers", {"words": "reasoning benchmark"}),
        "search box": ("names", {"q": "gpt4"}),
        "search box, close": ("names", {"q": "imagnett"}),
        "quality": ("quality", {}),
        "sql": ("sql", {}),
        "about": ("about", {}),
    }


def one(con, sql):
    return con.sql(sql).fetchall()[0][0]


def by_page(rows):
    return [
        {
            "page": row["page"],
            "first_ms": 1e3 * row["first"][0],
            "first_cpu_ms": 1e3 * row["first"][1],
            "again_ms": 1e3 * median(wall for wall, _ in row["again"]),
            "again_cpu_ms": 1e3 * median(cpu for _, cpu in row["again"]),
        }
        for row in rows
    ]


def by_query(places, rounds):
    """Return a row a query, timed while the pages ran in this process with emptied caches."""
    asked = defaultdict(list)
    inner = warehouse.Snapshot.read

    def timed(self, query, *args, **kwargs):
        begin, cpu = time.perf_counter(), time.process_time()
        result = inner(self, query, *args, **kwargs)
        asked[f"{query.__module__.split('.')[-1]}.{query.__name__}"].append(
            (time.perf_counter() - begin, time.process_time() - cpu)
        )
        return result

    for page, params in places.values():
        test = AppTest.from_file(str(APP), default_timeout=120)
        if page != "overview":  # AppTest knows the other pages after a run
            test.run()
            test.switch_page(f"app_pages/{page}.py")
        for name, value in params.items():
            test.query_params[name] = value
        test.run()  # from the disk into memory; not counted
        warehouse.Snapshot.read = timed
        for _ in range(rounds):
            st.cache_data.clear()
            test.run()
        warehouse.Snapshot.read = inner
        if test.exception:
            raise SystemExit(f"{page} {params}: {test.exception[0].value}")
    rows = [
        {
            "query": name,
            "asked": len(times),
            "ms": 1e3 * median(wall for wall, _ in times),
            "worst_ms": 1e3 * max(wall for wall, _ in times),
            "cpu_ms": 1e3 * median(cpu for _, cpu in times),
        }
        for name, times in asked.items()
    ]
    return sorted(rows, key=lambda row: -row["cpu_ms"])


def command(words, rounds):
    """Return the seconds of one command, in a process of its own as people run it."""
    times = []
    for _ in range(rounds):
        begin, before = time.perf_counter(), os.times()
        subprocess.run(
            [shutil.which("papertally", path=Path(sys.executable).parent), *words],
            stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
        after = os.times()
        cpu = after.children_user + after.children_system
        times.append((
            time.perf_counter() - begin, cpu - before.children_user - before.children_system
        ))  # fmt: skip
    return {
        "command": " ".join(words),
        "s": median(wall for wall, _ in times),
        "cpu_s": median(cpu for _, cpu in times),
    }


if __name__ == "__main__":
    main()
