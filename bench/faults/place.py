"""Where trials happen, what they start from, and how each of them ended."""

import json
import shutil
import time
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import duckdb

from bench.faults import homes, processes
from bench.faults.homes import Broken, require


class Place:
    """A folder for the trials of one session; what takes long to make is made once and kept."""

    def __init__(self, folder):
        self.kept = Path(folder)
        self.dir = self.kept / "trials"
        shutil.rmtree(self.dir, ignore_errors=True)
        self.dir.mkdir(parents=True)
        self.trials = []

    def _made(self, name, source, *steps):
        home = self.kept / name
        if not (home / "is-made").exists():
            shutil.rmtree(home, ignore_errors=True)
            if source is not None:
                homes.copy(source, home)
            for step in steps:
                done = processes.timed(home, *step)
                require(done.code == 0, done.said)
            (home / "is-made").write_text(f"{done.cpu_seconds}")
        return home

    @cached_property
    def base(self):
        """The sample, published."""
        return self._made("base", None, ["run"])

    @cached_property
    def landed(self):
        """And twenty new papers landed."""
        new = homes.papers(self.kept / "new.jsonl", 0, 20)
        return self._made("landed", self.base, ["ingest", new])

    @cached_property
    def built(self):
        """And built."""
        return self._made("built", self.landed, ["build"])

    @property
    def build_seconds(self):
        """What that took."""
        return float((self.built / "is-made").read_text())

    @cached_property
    def checked(self):
        """The sample, published, and checked again: the next publication has another run."""
        return self._made("checked", self.base, ["check"])

    @cached_property
    def published(self):
        """And published: two snapshots are kept."""
        return self._made("published", self.checked, ["publish"])

    @cached_property
    def backup(self):
        """A backup of the first of them."""
        folder = self.kept / "backup"
        if not (folder / "backup.json").exists():
            shutil.rmtree(folder, ignore_errors=True)
            done = processes.papertally(homes.copy(self.base, self.dir / "x"), "backup", folder)
            require(done.code == 0, done.said)
        return folder

    @contextmanager
    def trial(self, phase, point, poller, killed):
        """Note how a kill ended; the body says what has to hold.

        A run that ended before it could be killed is noted apart, and counts as no kill.
        """
        with self._noted("kill" if killed.was_killed else "missed", phase, point) as trial:
            trial["looks"] = poller.looks if poller else 0
            yield
            if killed.was_killed and poller:
                require(not poller.errors, f"readers failed: {poller.errors[:3]}")
                require(poller.looks, "no reader looked")

    @contextmanager
    def check(self, phase, what, figures=None):
        """Note whether something else holds, with figures that belong to it."""
        with self._noted("check", phase, what) as trial:
            if figures:
                trial["figures"] = figures
            yield

    @contextmanager
    def _noted(self, kind, phase, point):
        trial = {"kind": kind, "phase": phase, "point": point, "broken": ""}
        started = time.monotonic()
        try:
            yield trial
        except (Broken, AssertionError, OSError, duckdb.Error) as error:
            trial["broken"] = f"{type(error).__name__}: {error}"
        trial["seconds"] = round(time.monotonic() - started, 2)
        self.trials.append(trial)
        print(f"{kind:6} {phase:10} {point:60} {trial['broken'] or 'holds'}", flush=True)
        with (self.kept / "trials.jsonl").open("a") as file:
            file.write(json.dumps(trial) + "\n")
