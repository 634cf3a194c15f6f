"""SIGKILL at seeded points of every step; after each, readers, raw rows and the next run."""

import time

from bench.faults import homes, processes
from bench.faults.homes import require
from bench.faults.poller import Poller
from bench.faults.processes import papertally

NEW_PAPERS = 400


def points(random, count):
    """Return fractions of a step, one in each of `count` equal parts of it."""
    return [(part + random.random()) / count for part in range(count)]


def in_ingest(place, random, count):
    """Kill the landing of one file after the other in one home, and land each again."""
    home, calm = homes.copy(place.base, place.dir / "ingest"), place.dir / "ingest-calm"
    homes.copy(place.base, calm)
    files = [
        homes.papers(place.dir / f"papers-{n}.jsonl", n * 10_000, NEW_PAPERS) for n in range(count)
    ]
    whole = processes.timed(calm, "ingest", files[0])
    idle = processes.timed(calm, "ingest", files[0])  # known by now: what starting up takes
    require(papertally(calm, "ingest", *files[1:]).code == 0, "the calm ingest failed")
    pointed = homes.seen(home)
    span = max(whole.cpu_seconds - idle.cpu_seconds * 0.5, 0.5)
    for number, (point, file) in enumerate(zip(points(random, count), files, strict=True)):
        at = idle.cpu_seconds * 0.5 + point * span
        before = homes.raw(homes.build_file(home))
        with Poller(home) as poller:
            process = processes.start(home, ["papertally", "ingest", str(file)])
            killed = processes.kill_after(process, at, with_children=True)
            had_lock = str(process.pid) in (home / "build" / "pipeline.lock").read_text()
            after = homes.raw(homes.build_file(home))
            again = papertally(home, "ingest", file)
        with place.trial("ingest", f"{point:.2f} of {whole.cpu_seconds:.1f} CPU s", poller, killed):
            require(again.code == 0, again.said)
            landed = NEW_PAPERS * (number + 1)
            require(after[0] - before[0] in {0, NEW_PAPERS}, f"half a load: {before} {after}")
            now = homes.raw(homes.build_file(home))
            require(now[0] == now[1] == 224 + landed, f"lost or doubled: {now}")
            is_told = f"(process {process.pid}" in again.said
            require(is_told == had_lock, f"nobody was told: {again.said}")
            require(homes.seen(home) == pointed, "readers saw something else")
    with place.check("ingest", "raw rows equal those of an undisturbed home"):
        calm_raw, raw = homes.raw(homes.build_file(calm)), homes.raw(homes.build_file(home))
        require(calm_raw == raw, f"{calm_raw} is not {raw}")


def in_build(place, random, count, in_a_row):
    """Kill dbt some times in a row, then let it end; every other time only its parent dies."""
    calm = place.built  # the same papers, built without a fault
    wanted = homes.exports(homes.build_file(calm))
    raw = homes.raw(homes.build_file(place.landed))
    pointed = homes.seen(place.landed)
    left = points(random, count)
    random.shuffle(left)
    number = 0
    while left:
        home = homes.copy(place.landed, place.dir / "build")
        for point in [left.pop() for _ in range(min(in_a_row, len(left)))]:
            with_children, number = number % 2 == 0, number + 1
            whom = "with its children" if with_children else "alone"
            with Poller(home, 0.2) as poller:
                process = processes.start(home, ["papertally", "build"])
                killed = processes.kill_after(
                    process, 2 + point * (place.build_seconds - 2), with_children=with_children
                )
                second = papertally(home, "publish", environment={"PAPERTALLY_LOCK_WAIT": "0"})
                processes.end_session(process.pid)  # what was orphaned
            with place.trial("build", f"{point:.2f}, killed {whom}", poller, killed):
                require(f"(process {process.pid}" in second.said, f"nobody was told: {second.said}")
                require(homes.raw(homes.build_file(home)) == raw, "raw rows changed")
                refused = papertally(home, "publish")
                require("has not passed its gate" in refused.said, refused.said)
                require(homes.seen(home) == pointed, "readers saw something else")
        with place.check("build", "the build after kills equals an undisturbed one"):
            again = papertally(home, "build")
            require(again.code == 0, again.said)
            require(homes.exports(homes.build_file(home)) == wanted, "exports differ")


def in_check(place, random, count, step="check", start_share=0.3):
    source = place.base
    home = homes.copy(source, place.dir / step)
    seconds = processes.timed(home, step).cpu_seconds
    for point in points(random, count):
        home = homes.copy(source, place.dir / step)
        pointed, wanted = homes.seen(home), homes.exports(homes.build_file(home))
        raw = homes.raw(homes.build_file(home))
        at = seconds * (start_share + point * (1 - start_share))
        with Poller(home, 0.2) as poller:
            process = processes.start(home, ["papertally", step])
            killed = processes.kill_after(process, at, with_children=True)
            between = papertally(home, "publish")
            saw = homes.seen(home)
            again = [papertally(home, step), papertally(home, "publish")]
        with place.trial(step, f"{point:.2f} of {seconds:.1f} CPU s", poller, killed):
            require("has not passed its gate" in between.said, between.said)
            require(saw == pointed, "readers saw something else")
            require([run.code for run in again] == [0, 0], again[0].said + again[1].said)
            require(homes.exports(home / "current.duckdb") == wanted, "exports differ")
            require(homes.raw(home / "current.duckdb") == raw, "raw rows differ")


def by_change(place, random, count, step, source, *arguments, again=None):
    """Kill a step before a change to the home, one of all that it makes."""
    home = homes.copy(source, place.dir / step)
    whole = papertally(home, step, *arguments, changes=0)
    require(whole.code == 0, whole.said)
    changes = int(whole.said.rpartition("changes: ")[2])
    wanted, new = homes.exports(home / "current.duckdb"), homes.seen(home)
    for change in sorted(random.sample(range(1, changes + 1), min(count, changes))):
        home = homes.copy(source, place.dir / step)
        old = homes.seen(home) if (home / "current.duckdb").exists() else None
        with Poller(home, 0.02) as poller:
            killed = papertally(home, step, *arguments, changes=change)
            saw = homes.seen(home) if old else None
            time.sleep(0.1)
            done = papertally(home, again or step, *arguments)
        with place.trial(step, f"before change {change} of {changes}", poller, killed):
            require(done.code == 0, done.said)
            if old:
                require(saw["run_id"] in {old["run_id"], new["run_id"]}, f"mixed: {saw}")
            require(homes.exports(home / "current.duckdb") == wanted, "exports differ")
            require(homes.seen(home) == new, "not what was published")
            require(not list(home.rglob("*.partial*")), "a partial file was left")
            lines = (home / "publications.jsonl").read_text().splitlines()
            name = (home / "current.duckdb").readlink().name
            require(name in lines[-1], f"the history does not name {name}: {lines[-1]}")


def in_rollback(place, random, count):
    older = min((place.published / "versions").iterdir()).stem
    by_change(place, random, count, "rollback", place.published, older)
