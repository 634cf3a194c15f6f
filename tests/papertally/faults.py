"""What tests of faults share: another process, killed where the test says, and what is left."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb

from bench.faults import kill
from papertally.settings import Settings, load_settings


def settings_of(home: Path) -> Settings:
    return load_settings({"PAPERTALLY_HOME": str(home)})


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "papertally", *arguments],
        env=os.environ | {"PAPERTALLY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def in_another_process(step: Callable[[], object], kill_at: int = 0) -> int:
    """Do a step in a fork, which is killed before its nth change to the home; return how it ended.

    The step must not use DuckDB, whose threads a fork does not have.
    """
    process = os.fork()
    if not process:
        code = 1
        try:
            kill.seen, kill.kill_at = 0, kill_at
            sys.addaudithook(kill.watch)
            step()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def counts(home: Path) -> tuple[int, int]:
    with duckdb.connect((home / "current.duckdb").resolve(), read_only=True) as con:
        row = con.execute(
            "select (select count(*) from marts.dim_papers),"
            " (select count(*) from marts.fct_mentions)"
        ).fetchone()
    assert row is not None
    return row
