"""What every call costs, however few the papers: medians of five, and what dbt's import takes.

python -m bench.fixed
"""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.measured import keep, papertally

ROUNDS = 5


def main():
    with TemporaryDirectory(prefix="papertally-bench-") as name:
        folder = Path(name)
        papertally(folder / "first", "run")
        calls = {
            "--help": lambda at: papertally(folder / "first", "--help"),
            "status": lambda at: papertally(folder / "first", "status"),
            "build, empty home": lambda at: papertally(folder / f"empty-{at}", "build"),
            "build, nothing new": lambda at: papertally(folder / "first", "build"),
            "run, nothing new": lambda at: papertally(folder / "first", "run"),
            "run, samples": lambda at: papertally(folder / f"samples-{at}", "run"),
            "import dbt, alone": lambda at: imported(),
        }
        measured = {what: [] for what in calls}
        for at in range(ROUNDS):
            for what, call in calls.items():
                measured[what].append(call(at))
    rows = [
        {"what": what}
        | {key: median(row[key] for row in rows) for key in ("seconds", "cpu_seconds")}
        for what, rows in measured.items()
    ]
    for row in rows:
        print("{what:22} {seconds:7.2f} s {cpu_seconds:7.2f} CPU s".format(**row))
    keep("fixed", rows)


def imported():
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import dbt.cli.main"], check=True)
    seconds = round(time.perf_counter() - begin, 2)
    return {"seconds": seconds, "cpu_seconds": seconds}


if __name__ == "__main__":
    main()
