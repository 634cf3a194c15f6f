"""A warehouse built once a session through the public door, and the environment of every test."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from papertally.pipeline.runs import now
from papertally.publishing.publish import mark_checked
from papertally.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

Papertally = Callable[..., subprocess.CompletedProcess[str]]


def run_papertally(
    home: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, as a user does, from any folder."""
    return subprocess.run(
        [sys.executable, "-m", "papertally", *arguments],
        env=os.environ | {"PAPERTALLY_HOME": str(home)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def papertally(tmp_path: Path) -> Papertally:
    """Run the command on a home of the test's own."""
    return lambda *arguments, **environment: run_papertally(
        tmp_path / "home", *arguments, **environment
    )


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the embedded corpus is published. Do not write to it; copy it.

    The first worker that needs it makes it; the others wait for that and share it.
    """
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    home, failed = folder / "published" / "home", folder / "published" / "failed"
    home.parent.mkdir(exist_ok=True)
    with (home.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists() and not failed.exists():
            done = run_papertally(home, "run")
            if done.returncode != 0:
                failed.write_text(done.stderr)
    assert not failed.exists(), failed.read_text()
    return home


@pytest.fixture(scope="session")
def built_file(published_home: Path) -> Path:
    """The build file behind it. Do not write to it; copy it."""
    return published_home / "build" / "warehouse.duckdb"


@pytest.fixture
def con(published_home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the published file."""
    with duckdb.connect(str(published_home / "current.duckdb"), read_only=True) as connection:
        yield connection


@pytest.fixture
def home_copy(published_home: Path, tmp_path: Path) -> Path:
    """A copy of the published home that a test may change."""
    return Path(shutil.copytree(published_home, tmp_path / "home", symlinks=True))


@pytest.fixture
def pass_gate() -> Callable[[Path], None]:
    """Mark a home's build file as one that passed its gate, where a test is not about the gate."""

    def pass_gate(home: Path) -> None:
        run_id = f"{now():%Y%m%dT%H%M%S%fZ}"  # later than any before it, even in one second
        mark_checked(load_settings({"PAPERTALLY_HOME": str(home)}), run_id)

    return pass_gate


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared data is not beside the repository")
    return SHARED
