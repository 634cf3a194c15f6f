"""The published home with hostile papers beside the embedded ones, made once a session."""

import fcntl
import shutil
from pathlib import Path

import pytest

from papertally.building.built import build_digest, mark_built
from papertally.building.dbt import run_dbt
from papertally.pipeline.check import check
from papertally.pipeline.inputs import find_inputs
from papertally.pipeline.landing import ingest
from papertally.pipeline.runs import new_run_id, now
from papertally.publishing.publish import publish
from papertally.settings import load_settings
from papertally.warehouse.build_file import build_connection
from tests.trust.hostile import rename, write_corpus

SECRETS = {
    "PAPERTALLY_OPENALEX_KEY": "planted-key-5b1f",
    "PAPERTALLY_CONTACT": "planted-5b1f@example.org",
    "HTTPS_PROXY": "http://someone:planted-password-5b1f@127.0.0.1:9",
    "AWS_SECRET_ACCESS_KEY": "planted-other-5b1f",
}
"""In the environment while the pipeline runs; none of its files may hold them."""


@pytest.fixture(scope="session")
def hostile_home(published_home: Path) -> Path:
    """Ingest, models, both gates and publication, without dbt's tests. Do not write to it."""
    home = published_home.parent / "hostile"
    with (published_home.parent / "hostile.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "done").exists():
            shutil.rmtree(home, ignore_errors=True)
            with pytest.MonkeyPatch.context() as patch:
                for name, value in SECRETS.items():
                    patch.setenv(name, value)
                _make(published_home, home)
            (home / "done").touch()
    return home


def _make(published_home: Path, home: Path) -> None:
    shutil.copytree(published_home, home, symlinks=True)
    settings = load_settings({"PAPERTALLY_HOME": str(home)})
    inputs, _ = find_inputs(write_corpus(home / "corpus"), None, None)
    run_id = new_run_id(settings)
    ingest(settings, inputs, {}, run_id)
    run_dbt(settings, ["run"])
    with build_connection(settings) as con:
        mark_built(con, build_digest(con), now())
    check(settings, run_id)
    publish(settings)
    file = settings.current.resolve()
    file.chmod(0o644)
    rename(file)
