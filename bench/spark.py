"""How a build on Spark divides: one executor against two, and both against DuckDB.

    python -m bench.spark [FILE.parquet | SIZE] [EXECUTORS…]    default: 2,000, made up; 1 2

Executors are processes of their own with one core each (`local-cluster`). What they did is read
from Spark's event log: tasks, seconds and bytes of each, what was shuffled, and what tasks sent to
the driver. Marts are compared with DuckDB's row for row.
"""

import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from bench.measured import ROOT, keep, module, papertally
from papertally.vocabulary.synth import write_papers
from papertally.warehouse.lake import write_raw
from tests.papertally.spark.agreement import disagreements

MEMORY_MB = 2048
PAPERS = 2_000
LOG = {
    "spark.eventLog.enabled": "true",
    "spark.eventLog.rolling.enabled": "false",
    "spark.eventLog.compress": "false",
    "spark.executor.memory": f"{MEMORY_MB}m",
}


def main():
    files = [Path(word) for word in sys.argv[1:] if not word.isdecimal()]
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    size = PAPERS if files or not numbers else numbers.pop(0)
    with TemporaryDirectory(prefix="papertally-bench-") as name:
        folder = Path(name)
        home, papers = folder / "home", files[0] if files else folder / "papers.parquet"
        if not files:
            write_papers(size, "parquet", papers)
        papertally(home, "ingest", papers)
        rows = {"DuckDB": papertally(home, "build")}
        for count in numbers or (1, 2):
            what = f"Spark, {count} executor{'s' if count > 1 else ''}"
            rows[what] = on_spark(home, folder / f"executors-{count}", count)
            show(what, rows[what])
    print(f"\n{'':20}{'seconds':>9}{'CPU s':>8}{'peak MB':>9}")
    for what, row in rows.items():
        print(f"{what:20}{row['seconds']:9.1f}{row['cpu_seconds']:8.1f}{row['peak_mb']:9,}")
    keep("spark", rows)
    sys.exit(any(row.get("differing") for row in rows.values()))


def on_spark(home, folder, count):
    lake, events = folder / "lake", folder / "events"
    events.mkdir(parents=True)
    build_file = home / "build" / "warehouse.duckdb"
    with duckdb.connect(build_file, read_only=True) as con:
        write_raw(con, lake)
    settings = LOG | {"spark.eventLog.dir": events.as_uri()}
    said = " ".join(f"--conf {name}={value}" for name, value in settings.items())
    row = module(
        *("papertally.spark.child", lake.as_uri(), "--quiet", "--log-path", folder / "dbt"),
        *("build", "--target", "spark", "--target-path", folder / "dbt"),
        *("--exclude-resource-type", "seed", "--exclude-resource-type", "unit_test"),
        *("--exclude-resource-type", "test", "--exclude", "source:quality"),
        *("--project-dir", ROOT, "--profiles-dir", ROOT),
        PAPERTALLY_SPARK_MASTER=f"local-cluster[{count},1,{MEMORY_MB}]",
        PAPERTALLY_THREADS="2",
        PYSPARK_SUBMIT_ARGS=f"{said} pyspark-shell",
    )
    row["differing"] = disagreements(build_file, lake)
    row["models"] = by_model(folder / "dbt")
    return row | divided(next(events.iterdir()))


def by_model(target):
    results = json.loads((target / "run_results.json").read_text())["results"]
    return {row["unique_id"].split(".")[2]: row["execution_time"] for row in results}


def divided(log):
    """Return what each executor did, and what came to the driver."""
    executors = defaultdict(lambda: defaultdict(int))
    sent, shuffled = [], defaultdict(int)
    with log.open(encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            measured = event.get("Task Metrics")
            if event["Event"] != "SparkListenerTaskEnd" or not measured:
                continue
            written = measured["Shuffle Write Metrics"]["Shuffle Bytes Written"]
            executor = executors[event["Task Info"]["Executor ID"]]
            executor["tasks"] += 1
            executor["seconds"] += measured["Executor Run Time"] / 1e3
            executor["read_bytes"] += measured["Input Metrics"]["Bytes Read"]
            executor["shuffled_bytes"] += written
            shuffled[event["Stage ID"]] += written
            sent.append(measured["Result Size"])
    return {
        "executors": {name: dict(executor) for name, executor in sorted(executors.items())},
        "shuffled_mb": round(sum(shuffled.values()) / 1e6, 1),
        "largest_shuffle_mb": round(max(shuffled.values()) / 1e6, 1),
        "to_driver_mb": round(sum(sent) / 1e6, 1),
        "largest_to_driver_mb": round(max(sent) / 1e6, 1),
    }


def show(what, row):
    print(f"\n{what} of one core, load {os.getloadavg()[0]:.1f}")
    for name, executor in row["executors"].items():
        print("  executor {}: {tasks} tasks, {seconds:.0f} s, {read_bytes:,} bytes read,"
              " {shuffled_bytes:,} shuffled".format(name, **executor))  # fmt: skip
    print("  shuffled: {shuffled_mb} MB, {largest_shuffle_mb} MB in one stage; sent to the driver:"
          " {to_driver_mb} MB, {largest_to_driver_mb} MB by one task".format(**row))  # fmt: skip
    print(f"  tables that differ from DuckDB's: {row['differing'] or 'none'}")
    for name, seconds in sorted(row["models"].items(), key=lambda item: -item[1])[:8]:
        print(f"  {seconds:7.1f} s {name}")


if __name__ == "__main__":
    main()
