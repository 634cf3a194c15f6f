"""A command with its seconds, its CPU seconds and the memory of all its processes at its peak."""

import json
import os
import platform
import subprocess
import sys
import threading
import time
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE, TICKS = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb", "ahocorasick-rs", "numpy", "pyarrow", "polars")


def papertally(home, *arguments, root=ROOT, **environment):
    """Run the command of a clone and return what it took; what it says is shown if it fails."""
    return module("papertally", *arguments, root=root, PAPERTALLY_HOME=str(home), **environment)


def module(name, *arguments, root=ROOT, **environment):
    """Do so with any module of a clone."""
    begin = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", name, *map(str, arguments)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    peak, ticks = [0], {}
    watch = threading.Thread(target=_watch, args=(child, peak, ticks))
    watch.start()
    said, _ = child.communicate()
    seconds = time.perf_counter() - begin
    watch.join()
    if child.returncode:
        raise SystemExit(f"{name} {' '.join(map(str, arguments))} failed:\n{said}")
    cpu = sum(ticks.values()) / TICKS
    return {"seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2), "peak_mb": peak[0] >> 20}


def _watch(child, peak, ticks):
    """Keep the most memory that the process and its descendants held together, and their CPU."""
    while child.poll() is None:
        pages, used = _family(child.pid)
        peak[0] = max(peak[0], PAGE * pages)
        ticks.update(used)
        time.sleep(0.1)


def _family(pid):
    """Return the resident pages of a process and its descendants, and the ticks of each."""
    parents, pages, ticks = {}, {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            parents[int(folder.name)] = int(stat[1])
            pages[int(folder.name)] = int(stat[21])
            ticks[int(folder.name)] = int(stat[11]) + int(stat[12])
        except (OSError, IndexError):
            continue
    family, added = {pid}, True
    while added:
        added = {one for one, parent in parents.items() if parent in family} - family
        family |= added
    return sum(pages.get(one, 0) for one in family), {
        one: ticks[one] for one in family if one in ticks
    }


def keep(name, content):
    """Write what was measured, with versions, to artifacts/."""
    output = ROOT / "artifacts" / f"bench-{name}.json"
    output.parent.mkdir(exist_ok=True)
    versions = {package: version(package) for package in PACKAGES}
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "versions": versions}
    output.write_text(json.dumps(machine | {name: content}, indent=1))
