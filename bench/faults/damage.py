"""Damaged files, crowded and odd homes: each must end in words, and nothing may be lost."""

import os
import signal
import time
from pathlib import Path

from bench.faults import homes, processes
from bench.faults.homes import require
from bench.faults.processes import papertally, refuses

HEADER_BYTES = 3 * 4096
ODD_NAMES = ["with blanks", 'it\'s "quoted"', "größe-研究", "per%cent#and;more"]


def damaged_build_file(place, random):
    """Flip bits and cut: what was checked is not published; what opens no more is brought back."""
    content = homes.build_file(place.checked).read_bytes()
    wanted = homes.raw(homes.build_file(place.base))
    new = homes.papers(place.dir / "few.jsonl", 0, 20)
    places = [random.randrange(HEADER_BYTES) for _ in range(3)]
    places += [random.randrange(HEADER_BYTES, len(content)) for _ in range(4)]
    lengths = [0, 100, HEADER_BYTES, len(content) // 2, len(content) - 1]
    damages = [("flip", at) for at in places] + [("cut", length) for length in lengths]
    for kind, at in damages:
        with place.check("damage", f"{kind} at {at:,} after the gate"):
            home = homes.copy(place.checked, place.dir / "damage")
            before = homes.seen(home)
            hurt(homes.build_file(home), kind, at)
            refuses(papertally(home, "publish"), "not as the gate saw it")
            require(homes.seen(home) == before, "readers saw something else")
        with place.check("damage", f"{kind} at {at:,} before ingest"):
            home = homes.copy(place.base, place.dir / "damage")
            hurt(homes.build_file(home), kind, at % homes.build_file(home).stat().st_size)
            done = papertally(home, "ingest", new)
            if done.code:
                refuses(done, "papertally restore")
            done = [papertally(home, "restore"), papertally(home, "ingest", new)]
            require([run.code for run in done] == [0, 0], done[0].said + done[1].said)
            now = homes.raw(homes.build_file(home))
            require(now[0] == now[1] == wanted[0] + 20, f"lost or doubled: {now}")


def hurt(path, kind, at):
    content = bytearray(path.read_bytes())
    if kind == "flip":
        content[at] ^= 1 << (at % 8)
    path.write_bytes(content[:at] if kind == "cut" else content)


def wrong_pointers(place):
    for wrong in ("gone", "missing", "itself", "a folder", "garbage"):
        with place.check("pointer", f"it is or leads to: {wrong}"):
            home = homes.copy(place.published, place.dir / "pointer")
            pointer = home / "current.duckdb"
            pointer.unlink()
            if wrong in {"gone", "itself"}:
                pointer.symlink_to(
                    "current.duckdb" if wrong == "itself" else "versions/gone.duckdb"
                )
            elif wrong == "a folder":
                pointer.mkdir()
            elif wrong == "garbage":
                pointer.write_bytes(b"garbage" * 1000)
            refuses(papertally(home, "status"), code=1 if wrong == "garbage" else 0)
            refuses(papertally(home, "explain", "x"), "papertally rollback")
            if wrong == "a folder":
                refuses(papertally(home, "rollback"), "current.duckdb")
                pointer.rmdir()
            done = papertally(home, "rollback")
            require(done.code == 0, done.said)
            homes.seen(home)
    with place.check("pointer", "the file behind it is damaged"):
        home = homes.copy(place.published, place.dir / "pointer")
        behind = (home / "current.duckdb").resolve()
        behind.chmod(0o644)
        hurt(behind, "cut", 5000)
        refuses(papertally(home, "explain", "x"), "papertally rollback")
        require(papertally(home, "rollback").code == 0, "no way back")
        homes.seen(home)


def two_at_once(place):
    """Stop the first one in the middle of its work; the second says whose turn it is."""
    new = homes.papers(place.dir / "second.jsonl", 0, 2000)
    steps = [("ingest", new), ("build",), ("check",), ("publish",), ("backup", place.dir / "b")]
    for step in steps:
        with place.check("two at once", step[0]):
            home = homes.copy(place.checked, place.dir / "two")
            first = processes.start(home, ["papertally", *step])
            lock = home / "build" / "pipeline.lock"
            while str(first.pid) not in lock.read_text() and first.poll() is None:
                time.sleep(0.002)
            os.killpg(first.pid, signal.SIGSTOP)
            second = papertally(home, "ingest", new, environment={"PAPERTALLY_LOCK_WAIT": "0"})
            os.killpg(first.pid, signal.SIGCONT)
            if step[0] in {"build", "check"}:
                os.killpg(first.pid, signal.SIGKILL)
            ended = processes.finish(first)
            refuses(second, f"papertally {step[0]} (process {first.pid}, since 20")
            require(ended.was_killed or ended.code == 0, ended.said)
    for left in ("garbage", "12", '{"pid": "x"}', "\0" * 9000):
        with place.check("two at once", f"the lock file holds {left[:12]!r}"):
            home = homes.copy(place.checked, place.dir / "two")
            (home / "build" / "pipeline.lock").write_text(left)
            require(papertally(home, "publish").code == 0, "it did not get the lock")


def odd_homes(place):
    for name in ODD_NAMES:
        with place.check("odd home", name):
            home = homes.copy(place.checked, place.dir / name)
            done = papertally(home, "publish")
            require(done.code == 0, done.said)
            done = papertally(home, "query", "select count(*) from marts.dim_papers")
            require(done.code == 0, done.said)
    with place.check("odd home", f"{ODD_NAMES[1]}: dbt and the gate"):
        home = homes.copy(place.landed, place.dir / f"{ODD_NAMES[1]} {ODD_NAMES[2]}")
        for step in ("build", "check", "publish"):
            done = papertally(home, step)
            require(done.code == 0, done.said)
    with place.check("odd home", "a link to a folder elsewhere"):
        home = place.dir / "link"
        home.unlink(missing_ok=True)
        home.symlink_to(homes.copy(place.checked, place.dir / "elsewhere"))
        for step in ("publish", "rollback"):
            done = papertally(home, step)
            require(done.code == 0, done.said)
        homes.seen(home)
    with place.check("odd home", "its clock was once in the future"):
        home = homes.copy(place.checked, place.dir / "clock")
        history = home / "publications.jsonl"
        version = (home / "current.duckdb").resolve()
        late = version.with_name("warehouse-20990101T000000Z-abcdef.duckdb")
        history.write_text(history.read_text().replace(version.name, late.name))
        version.rename(late)
        (home / "current.duckdb").unlink()
        (home / "current.duckdb").symlink_to(Path("versions") / late.name)
        done = papertally(home, "check")
        require(done.code == 0, done.said)
        require("check the clock" in done.said, done.said)
        require(papertally(home, "publish").code == 0, "it was not published")
        require("2099" in (home / "current.duckdb").readlink().name, "it sorts before the old one")
        require(homes.seen(home) != homes.seen(place.checked), "readers see the old one")
