"""A full build of made-up papers at several sizes: seconds, memory, disk, growth, time by model.

    python -m bench.build [SIZE…]        default: 20,000 and 100,000 papers

One build a size, since the largest take minutes: read the exponent, not the last digit. What was
measured is kept after each size. A million papers need 10 GB of disk in the folder for temporary
files, where TMPDIR names another one.
"""

import json
import math
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measured import keep, papertally
from papertally.vocabulary.synth import write_papers

SIZES = (20_000, 100_000)
SHOWN = 12


def main():
    rows = []
    print(f"{'papers':>10} {'seconds':>9} {'CPU s':>8} {'gate s':>8} {'peak MB':>8} {'disk MB':>8}"
          " exponent")  # fmt: skip
    for size in sys.argv[1:] or SIZES:
        row = measure(int(size))
        exponents = growth(rows[-1], row) if rows else {}
        rows.append(row | {"exponents": exponents})
        print(f"{row['papers']:10,} {row['seconds']:9.1f} {row['cpu_seconds']:8.1f}"
              f" {row['gate']['seconds']:8.1f} {row['peak_mb']:8,} {row['disk_mb']:8,} "
              + ", ".join(f"{of} {grown:.2f}" for of, grown in exponents.items()),
              flush=True)  # fmt: skip
        keep("build", rows)
    print(f"\nseconds by model at {rows[-1]['papers']:,} papers (two run at a time):")
    for name, seconds in list(rows[-1]["models"].items())[:SHOWN]:
        print(f"{seconds:9.1f} {name}")


def measure(size):
    with TemporaryDirectory(prefix="papertally-bench-") as folder:
        papers, home = Path(folder) / "papers.parquet", Path(folder) / "home"
        write_papers(size, "parquet", papers)
        landing = papertally(home, "ingest", papers)
        papertally(home.with_name("warm"), "build")  # the project is parsed once a clone
        load = os.getloadavg()[0]
        row = {"papers": size, "load": load} | papertally(home, "build")
        disk = sum(path.stat().st_size for path in (home / "build").rglob("*") if path.is_file())
        row |= {"disk_mb": disk >> 20, "models": by_model(home)}
        return row | {"ingest": landing, "gate": papertally(home, "check")}


def by_model(home):
    results = json.loads((home / "build" / "dbt" / "run_results.json").read_text())["results"]
    seconds = {row["unique_id"].split(".")[2]: row["execution_time"] for row in results}
    return dict(sorted(seconds.items(), key=lambda item: -item[1]))


def growth(before, row):
    """Return by which power of the papers seconds and CPU seconds grew."""
    papers = math.log(row["papers"] / before["papers"])
    return {
        of: round(math.log(row[key] / before[key]) / papers, 2)
        for of, key in (("clock", "seconds"), ("CPU", "cpu_seconds"))
    }


if __name__ == "__main__":
    main()
