"""The build: every model from the raw rows, and every dbt test on the result."""

from papertally.building.built import build_digest, is_built, mark_built
from papertally.building.dbt import build_and_test
from papertally.building.dbt_artifacts import land_artifacts
from papertally.building.project import MANIFEST, kept_folder
from papertally.pipeline.first_gate import judge_loads
from papertally.pipeline.runs import now
from papertally.publishing.publish import mark_unchecked
from papertally.settings import Settings
from papertally.terminal import say
from papertally.warehouse.build_file import build_connection


def build(settings: Settings, run_id: str, lock: int | None = None) -> None:
    """Build every model from the raw rows and run every dbt test on the result.

    Where the file holds what was built and tested from these very rows, by this very code, there
    is nothing to do.

    Raises:
        PapertallyError: a load was refused, or a model or a test failed.
    """
    with build_connection(settings) as con:
        judge_loads(settings, con, run_id)  # what a killed ingest left without a verdict
        digest = build_digest(con)
        if is_built(con, digest):
            say("Nothing is new: the models were built from these papers by this code.")
            return
    mark_unchecked(settings)
    failing = build_and_test(settings, lock)
    with build_connection(settings) as con:
        land_artifacts(con, kept_folder(settings) / MANIFEST, failing, run_id, now())
        mark_built(con, digest, now())
