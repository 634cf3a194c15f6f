"""A full build of made-up papers at several sizes: seconds, memory, disk, growth, time by model.

    python -m bench.build [SIZE…]        default: 20,000 and 100,000 papers

One build a size, since the largest take minutes: read the exponent, not the last digit.
"""

import json
import math
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measured import keep, papertally
from papertally.vocabulary.synth import write_papers

SIZES = (20_000, 100_000)
SHOWN = 12


def main():
    rows = [measure(int(size)) for size in sys.argv[1:] or SIZES]
    print(f"{'papers':>10} {'seconds':>9} {'CPU s':>8} {'peak MB':>8} {'disk MB':>8} exponent")
    for before, row in zip([None, *rows], rows, strict=False):
        print(f"{row['papers']:10,} {row['seconds']:9.1f} {row['cpu_seconds']:8.1f}"
              f" {row['peak_mb']:8,} {row['disk_mb']:8,} {exponent(before, row)}")  # fmt: skip
    print(f"\nseconds by model at {rows[-1]['papers']:,} papers (two run at a time):")
    for name, seconds in list(rows[-1]["models"].items())[:SHOWN]:
        print(f"{seconds:9.1f} {name}")
    keep("build", rows)


def measure(size):
    with TemporaryDirectory(prefix="papertally-bench-") as folder:
        papers, home = Path(folder) / "papers.parquet", Path(folder) / "home"
        write_papers(size, "parquet", papers)
        papertally(home, "ingest", papers)
        papertally(home.with_name("warm"), "build")  # the project is parsed once a clone
        row = {"papers": size} | papertally(home, "build")
        disk = sum(path.stat().st_size for path in (home / "build").rglob("*") if path.is_file())
        return row | {"disk_mb": disk >> 20, "models": by_model(home)}


def by_model(home):
    results = json.loads((home / "build" / "dbt" / "run_results.json").read_text())["results"]
    seconds = {row["unique_id"].split(".")[2]: row["execution_time"] for row in results}
    return dict(sorted(seconds.items(), key=lambda item: -item[1]))


def exponent(before, row):
    if before is None:
        return "-"
    grown = math.log(row["seconds"] / before["seconds"])
    return f"{grown / math.log(row['papers'] / before['papers']):.2f}"


if __name__ == "__main__":
    main()
