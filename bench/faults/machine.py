"""A machine that refuses: full disks, missing permissions, disks that are read only."""

import os
import subprocess
from contextlib import contextmanager

from bench.faults import homes
from bench.faults.homes import require
from bench.faults.processes import papertally, refuses

LOST = "-dac_override,-dac_read_search"
SHUT = (
    ("build/warehouse.duckdb", "publish"),
    ("build", "restore"),
    ("versions", "publish"),
    (".", "publish"),
)
BOUND_BY_MODES = ("setpriv", "--bounding-set", LOST, "--inh-caps", LOST)
"""Root as everybody else: what modes forbid is refused."""


def system(*command):
    subprocess.run(list(map(str, command)), check=True)


@contextmanager
def small_disk(place, source, free_mb):
    """Yield a copy of a home on a disk of its own with little room, and a way to get more."""
    folder = place.dir / "disk"
    folder.mkdir(exist_ok=True)
    used = sum(path.lstat().st_size for path in source.rglob("*")) // 2**20 + 2
    size = used + free_mb

    def mount(option, megabytes):
        options = f"{option}size={megabytes}m"
        system("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder)

    mount("", size)
    try:
        yield homes.copy(source, folder / "home"), lambda: mount("remount,", size + 400)
    finally:
        system("umount", "-l", folder)


def full_disk(place):
    if os.geteuid():
        print("full disks: left out, mounting needs root")
        return
    new = homes.papers(place.dir / "large.jsonl", 0, 60_000)
    with place.check("full disk", "publish"), small_disk(place, place.checked, 2) as (home, more):
        before = homes.seen(home)
        refuses(papertally(home, "publish"), "No space left", "Make room")
        require(homes.seen(home) == before, "readers saw something else")
        require(not list(home.rglob("*.partial")), "what was half copied still fills the disk")
        more()
        require(papertally(home, "publish").code == 0, "it does not go on")
    with place.check("full disk", "ingest"), small_disk(place, place.base, 2) as (home, more):
        before, raw = homes.seen(home), homes.raw(homes.build_file(home))
        refuses(papertally(home, "ingest", new), "Make room")
        require(homes.seen(home) == before, "readers saw something else")
        more()
        require(homes.raw(homes.build_file(home))[:3] == raw[:3], "half a load landed")
        done = papertally(home, "ingest", new)
        require(done.code == 0, done.said)
        now = homes.raw(homes.build_file(home))
        require(now[0] == now[1] == 60_224, f"lost or doubled: {now}")
    with place.check("full disk", "build"), small_disk(place, place.landed, 1) as (home, more):
        before, raw = homes.seen(home), homes.raw(homes.build_file(home))
        refuses(papertally(home, "build"), "room")
        refuses(papertally(home, "publish"), "has not passed its gate")
        require(homes.seen(home) == before, "readers saw something else")
        more()
        require(homes.raw(homes.build_file(home)) == raw, "raw rows changed")
        done = papertally(home, "build")
        require(done.code == 0, done.said)
        exports = homes.exports(homes.build_file(home))
        require(exports == homes.exports(homes.build_file(place.built)), "exports differ")
    with place.check("full disk", "backup"), small_disk(place, place.base, 2) as (home, _):
        refuses(papertally(home, "backup", home / "backup"), "Make room")
        refuses(papertally(home, "restore", home / "backup"), "no whole backup", code=2)


def without_permission(place):
    if os.geteuid():
        print("permissions: left out, they need root")
        return
    home = homes.copy(place.checked, place.dir / "refused")
    bound = {"before": BOUND_BY_MODES}
    with place.check("permission", "an input that may not be read"):
        secret = homes.papers(place.dir / "secret.jsonl", 0, 5)
        secret.chmod(0)
        refuses(papertally(home, "ingest", secret, **bound), str(secret), code=2)
    for name, command in SHUT:
        with place.check("permission", f"{command} where {name} is shut"):
            home = homes.copy(place.checked, place.dir / "refused")
            path, before = home / name, homes.seen(home)
            mode = path.stat().st_mode
            path.chmod(0o500 if path.is_dir() else 0)
            done = papertally(home, command, **bound)
            path.chmod(mode)
            refuses(done, "ermission")
            require(homes.seen(home) == before, "readers saw something else")
    with place.check("permission", "on a disk that is read only, readers read"):
        system("mount", "--bind", home, home)
        system("mount", "-o", "remount,ro,bind", home)
        try:
            refuses(papertally(home, "publish"), "Read-only file system")
            done = papertally(home, "query", "select count(*) from marts.dim_papers")
            require(done.code == 0, done.said)
        finally:
            system("umount", home)
    with place.check("permission", "with it back, publish goes on"):
        done = papertally(home, "publish", **bound)
        require(done.code == 0, done.said)
