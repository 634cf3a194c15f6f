"""What every call costs, however few the papers: medians, and what dbt's import takes.

python -m bench.fixed [ROUNDS]
"""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from websockets.asyncio.client import connect

from bench.dashboard_load import cpu_seconds, server, view
from bench.measured import keep, papertally

ROUNDS = 5


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
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
            "first page, with the server's start": lambda at: first_page(folder / "first"),
            "import dbt, alone": lambda at: imported(),
        }
        measured = {what: [] for what in calls}
        for at in range(rounds):
            for what, call in calls.items():
                measured[what].append(call(at))
    rows = [
        {"what": what}
        | {key: median(row[key] for row in rows) for key in ("seconds", "cpu_seconds")}
        for what, rows in measured.items()
    ]
    for row in rows:
        print("{what:36} {seconds:7.2f} s {cpu_seconds:7.2f} CPU s".format(**row))
    keep("fixed", {"rounds": rounds, "load": os.getloadavg(), "rows": rows})


def first_page(home):
    """Return what the Overview takes on a server that has just been started."""
    os.environ["PAPERTALLY_HOME"] = str(home)
    begin = time.perf_counter()
    with server() as (address, process):
        is_well = asyncio.run(overview(address))
        row = {"seconds": time.perf_counter() - begin, "cpu_seconds": cpu_seconds(process.pid)}
    if not is_well:
        raise SystemExit("the first page shows an error")
    return row


async def overview(address):
    async with connect(address, subprotocols=["streamlit"], max_size=None) as session:
        return await view(session, "overview", {})


def imported():
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import dbt.cli.main"], check=True)
    seconds = round(time.perf_counter() - begin, 2)
    return {"seconds": seconds, "cpu_seconds": seconds}


if __name__ == "__main__":
    main()
