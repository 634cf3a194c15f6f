"""Landing, against reading the same file with Polars and with DuckDB and landing it there.

    python -m bench.ingest [FILE…]

Every round measures all of them one after the other on the same file, in seconds on the clock
and of CPU; medians of the rounds. Text is the bytes, in UTF-8, of the titles and abstracts that
land. Peers read one file and keep it as a table; they keep no provenance, hash no record, refuse
nothing and repeat what is landed twice.
"""

import json
import platform
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

import duckdb
import polars as pl

from ingest.bulk import prepare_for_bulk
from ingest.formats import choose_format
from ingest.land import land_file
from ingest.tables import create_raw_tables
from papertally.vocabulary.synth import write_papers

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
THREADS = 2
TEXT = "select sum(strlen(title) + coalesce(strlen(abstract), 0)), count(*) from"


def main():
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(name) for name in sys.argv[1:]] or made_up(Path(folder))
        results = [measure(file, Path(folder)) for file in files]
    output = ROOT / "artifacts" / "bench-ingest.json"
    output.parent.mkdir(exist_ok=True)
    versions = {package: version(package) for package in ("duckdb", "polars", "pyarrow", "orjson")}
    output.write_text(json.dumps(
        {"python": platform.python_version(), "threads": THREADS, "rounds": ROUNDS,
         "versions": versions, "files": results}, indent=1
    ))  # fmt: skip


def made_up(folder):
    """Write made-up papers where no file is named."""
    files = [folder / "papers.parquet", folder / "kaggle.json"]
    for file in files:
        write_papers(40_000, "kaggle" if file.suffix == ".json" else "parquet", file)
    return files


def measure(file, folder):
    runs = contestants(file, folder)
    wall = {name: [] for name in runs}
    cpu = {name: [] for name in runs}
    text = papers = 0
    for _ in range(ROUNDS):
        for name, run in runs.items():
            clock, used = time.perf_counter(), time.process_time()
            counted = run()
            wall[name].append(time.perf_counter() - clock)
            cpu[name].append(time.process_time() - used)
            if counted:
                text, papers = counted
    rows = [
        {
            "what": name,
            "seconds": round(median(wall[name]), 2),
            "cpu_seconds": round(median(cpu[name]), 2),
            "text_mb_per_second": round(text / 1e6 / median(wall[name]), 1),
            "text_mb_per_cpu_second": round(text / 1e6 / median(cpu[name]), 1),
        }
        for name in runs
    ]
    size = file.stat().st_size
    print(
        f"{file.name}: {papers:,} papers, {size / 1e6:.1f} MB stored, {text / 1e6:.1f} MB of text"
    )
    print(f"  medians of {ROUNDS} rounds, {THREADS} threads, text on the clock and per CPU second")
    for row in rows:
        print(
            "  {what:32} {seconds:7.2f} s {text_mb_per_second:8.1f} MB/s"
            " {cpu_seconds:7.2f} s {text_mb_per_cpu_second:8.1f} MB/s".format(**row)
        )
    return {"file": file.name, "bytes": size, "text_bytes": text, "papers": papers, "rows": rows}


def contestants(file, folder):
    """Return for each contestant a function that runs it; the first returns what it landed."""
    place = folder / "bench.duckdb"
    is_parquet = file.suffix == ".parquet"

    def fresh():
        place.unlink(missing_ok=True)
        return duckdb.connect(place, config={"threads": THREADS})

    def ours():
        with fresh() as con:
            prepare_for_bulk(con)
            create_raw_tables(con)
            land_file(
                con, file, choose_format(file), source_name="b", loaded_by="bench", columns={}
            )
            return con.sql(f"{TEXT} raw.papers").fetchall()[0]

    def only_read():
        for batch in choose_format(file).read(file, {}):
            batch.records.to_arrow()

    def duckdb_lands():
        reader = "read_parquet" if is_parquet else "read_json"
        with fresh() as con:
            con.execute(
                f"create table papers as select * from {reader}($file)", {"file": str(file)}
            )

    def polars_reads():
        (pl.read_parquet if is_parquet else pl.read_ndjson)(file)

    return {
        "landed by us": ours,
        "of that, reading and checking": only_read,
        "DuckDB alone, into a table": duckdb_lands,
        "Polars, read only": polars_reads,
    }


if __name__ == "__main__":
    main()
