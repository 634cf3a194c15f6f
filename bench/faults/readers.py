"""Fifty readers while ten publications happen: no error, nothing mixed, nothing taken away."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bench.faults import homes
from bench.faults.homes import ROOT, require
from papertally.publishing.publish import mark_checked, publish
from papertally.settings import load_settings

KINDS = [
    ("plain", 6),
    ("plain", 6),
    ("plain", 5),
    ("pointer", 1),
    ("session", 16),
    ("query", 14),
    ("holder", 2),
]
PUBLICATIONS = 10
SECONDS_BETWEEN = 4
AGED_AFTER = 8
"""Seconds; in use it is a minute. A file so old is taken for one that nobody is about to open."""


def many_readers(place):
    home = homes.copy(place.published, place.dir / "readers")
    builds = [homes.build_file(place.base), homes.build_file(place.checked)]
    stop = place.dir / "stop"
    stop.unlink(missing_ok=True)
    readers = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.faults.reader", kind, str(count), str(stop)],
            env=os.environ | {"PAPERTALLY_HOME": str(home)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for kind, count in KINDS
    ]
    try:
        watched = watch(home, builds, readers)
    finally:
        stop.touch()
    report(
        place,
        [json.loads(reader.communicate()[0].splitlines()[-1]) for reader in readers],
        *watched,
    )
    leave_one(place, home)


def watch(home, builds, readers):
    """Publish ten times; return the readers' memory, files taken from them, and files kept."""
    for reader in readers:
        require(reader.stdout.readline() == "reading\n", "a reader did not start")
    time.sleep(SECONDS_BETWEEN)
    settings = load_settings({"PAPERTALLY_HOME": str(home), "PAPERTALLY_KEEP_VERSIONS": "1"})
    memory, taken, kept = [], [], []
    for number in range(PUBLICATIONS):
        shutil.copyfile(builds[number % 2], settings.build_file)
        age(settings)
        mark_checked(settings, f"{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{number:06}")
        publish(settings)
        time.sleep(SECONDS_BETWEEN)
        memory.append(sum(resident_mb(reader.pid) for reader in readers))
        taken += removed_but_open([reader.pid for reader in readers])
        kept.append(len(list(settings.versions_dir.iterdir())))
    return memory, taken, kept


def leave_one(place, home):
    settings = load_settings({"PAPERTALLY_HOME": str(home), "PAPERTALLY_KEEP_VERSIONS": "1"})
    with place.check("readers", "once nobody reads, one file is left beside the one in use"):
        for path in settings.versions_dir.iterdir():
            os.utime(path, (0, 0))
        mark_checked(settings, f"{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-last")
        publish(settings)
        left = len(list(settings.versions_dir.iterdir()))
        require(left == 2, f"{left} files")  # the other was replaced just now


def report(place, told, memory, taken, kept):
    for reader in told:
        for number, answers in enumerate(reader["answers"]):
            with place.check("readers", f"{reader['kind']} {number}: {answers} answers"):
                require(answers, "no answer at all")
    figures = {
        "readers": sum(len(reader["answers"]) for reader in told),
        "answers": sum(sum(reader["answers"]) for reader in told),
        "errors": sum(len(reader["errors"]) for reader in told),
        "publications": PUBLICATIONS,
        "memory_mb": memory,
        "peak_mb": {f"{r['kind']} x{len(r['answers'])}": r["peak_mb"] for r in told},
        "files_kept": kept,
    }
    print(json.dumps(figures))
    with place.check("readers", "no error", figures):
        require(not figures["errors"], [r["errors"][:2] for r in told if r["errors"]])
    with place.check("readers", "both snapshots were read by every kind"):
        require(all(len(r["runs"]) >= 2 for r in told), [(r["kind"], r["runs"]) for r in told])
    with place.check("readers", "memory is bounded"):
        early, late = max(memory[:3]), max(memory[3:])
        require(late < early * 1.3, f"{early} MB grew to {late} MB")
    with place.check("readers", "no file was removed while somebody had it open"):
        require(not taken, f"{set(taken)}")


def age(settings):
    for path in settings.versions_dir.iterdir():
        if time.time() - path.stat().st_mtime > AGED_AFTER:
            os.utime(path, (0, 0))


def resident_mb(process):
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


def removed_but_open(processes):
    found = []
    for process in processes:
        for name in Path(f"/proc/{process}/fd").iterdir():
            try:
                target = os.readlink(name)  # noqa: PTH115 (the target no longer exists)
            except OSError:
                continue
            if "warehouse-" in target and target.endswith("(deleted)"):
                found.append(target)
    return found
