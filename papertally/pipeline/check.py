"""The gate on the marts: only a build file that passes it may be published."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime

import duckdb

from expectations.profiles.changes import PREVIOUS
from expectations.results import GateResult, land_results
from papertally.building.built import UNFINISHED, build_digest, built_from, passed_run
from papertally.errors import PapertallyError
from papertally.pipeline.runs import now, record_run
from papertally.pipeline.verdicts import describe
from papertally.publishing.publish import mark_checked, mark_unchecked
from papertally.settings import Settings
from papertally.warehouse.build_file import build_connection
from papertally.warehouse.published_file import attach, published_file


def check(settings: Settings, run_id: str, started_at: datetime | None = None) -> GateResult:
    """Run the gate on the marts and, where it passes, mark the build file fit to publish.

    In a whole run (`started_at`) a file that is as it passed before is not checked again.

    Raises:
        PapertallyError: the models were never built, not from what is there now, or an
            expectation of severity critical failed; the message says which rows.
    """
    is_whole_run, started_at = started_at is not None, started_at or now()
    mark_unchecked(settings)
    with build_connection(settings) as con:
        if is_whole_run and (passed := passed_run(con)):
            mark_checked(settings, passed)
            return GateResult(gate="marts", checks=())
        _refuse_foreign_models(con)
        if not con.sql("from duckdb_tables() where schema_name = 'marts'"):
            raise PapertallyError("There are no marts to check yet. Run: papertally build")
        from expectations.runner import run_gate

        with _attached_published_file(con, settings):
            result = run_gate(
                con, "marts", run_id=run_id, checked_at=now(), docs_dir=settings.data_docs
            )
        land_results(con, run_id, now(), result)
        if result.is_passed:
            record_run(con, run_id, started_at)
    if not result.is_passed:
        raise PapertallyError(
            f"The gate stopped publication; readers still see the old file.\n{describe(result)}"
        )
    mark_checked(settings, run_id)
    return result


def _refuse_foreign_models(con: duckdb.DuckDBPyConnection) -> None:
    """Leave models alone that are not whole, or came from other rows or code.

    Counts would be wrong, or the snapshot would name the wrong rows and code.

    Raises:
        PapertallyError: they did.
    """
    last = built_from(con)
    if last == UNFINISHED:
        raise PapertallyError(
            "The last build did not come to its end: a model or a test failed, or it was stopped. "
            "Run: papertally build && papertally check"
        )
    if last is not None and last != build_digest(con):
        raise PapertallyError(
            "The models were built from other papers, or by another version or vocabulary, than "
            "are there now. Run: papertally build && papertally check"
        )


@contextmanager
def _attached_published_file(con: duckdb.DuckDBPyConnection, settings: Settings) -> Generator[None]:
    """Attach what readers see now, read-only, where there is such a file that can be read."""
    path = published_file(settings)
    is_attached = False
    if path is not None:
        with suppress(duckdb.Error):
            attach(con, path, PREVIOUS)
            is_attached = True
    yield
    if is_attached:
        con.execute(f"detach {PREVIOUS}")
