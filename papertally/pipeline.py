"""The steps between files and published counts, each usable alone, and all of them in order."""

import importlib.metadata
import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import duckdb

from expectations.results import GateResult, land_results
from ingest.bulk import prepare_for_bulk
from ingest.errors import InputError
from ingest.formats import Format
from ingest.inputs import find_files
from ingest.land import (
    LandingWay,
    Load,
    known_load,
    land_file,
    sha256_of,
)
from ingest.schema import FIELDS
from papertally import __version__
from papertally.building.built import build_digest, built_from, is_built, mark_built, passed_run
from papertally.building.dbt import build_and_test
from papertally.building.dbt_artifacts import land_artifacts
from papertally.errors import PapertallyError, UsageError
from papertally.building.extraction import vocabulary_key
from papertally.warehouse.history import PREFIX, versions
from papertally.building.project import MANIFEST, kept_folder
from papertally.publishing.publish import mark_checked, mark_unchecked
from papertally.settings import Settings
from papertally.publishing.snapshots import snapshot_parts
from papertally.terminal import say
from papertally.warehouse.build_file import attached_published_file, build_connection

LOADED_BY: Final = f"papertally {__version__}"
RUN_TIME: Final = re.compile(rf"{PREFIX}(\d{{8}}T\d{{6}})")
CLOCK_SLACK: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Input:
    """A file that can be ingested, with what is known of it before it is read."""

    path: Path
    file_format: Format
    source_name: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of the inputs of one call."""

    loads: list[Load]
    known: list[tuple[Input, Load]]
    """Inputs whose bytes an earlier load landed in the same way, with that load."""
    errors: list[InputError]
    """Of the files that could not be used."""
    gate: GateResult


def new_run_id(settings: Settings) -> str:
    """Return a run identifier that sorts by time, after all that are published.

    So it does where the clock was set back; the person is told.
    """
    time, last = now(), _last_published(settings)
    if last is not None and time < last - CLOCK_SLACK:
        say(
            f"The clock of this machine says {time:%Y-%m-%d %H:%M} UTC, but the last publication "
            f"is of {last:%Y-%m-%d %H:%M}. The new one is put after it; check the clock."
        )
    if last is not None and time <= last:
        time = last + timedelta(seconds=1)
    return f"{time:%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:6]}"


def _last_published(settings: Settings) -> datetime | None:
    times = [RUN_TIME.match(path.name) for path in versions(settings)]
    found = [datetime.strptime(time[1], "%Y%m%dT%H%M%S") for time in times if time]  # noqa: DTZ007
    return max(found, default=None)


def now() -> datetime:
    """Return the time in UTC, without a zone, as all tables hold it."""
    return datetime.now(UTC).replace(tzinfo=None)


def find_inputs(
    paths: Sequence[Path],
    format_name: str | None = None,
    source_name: str | None = None,
    tell: Callable[[str], None] = say,
) -> tuple[list[Input], list[InputError]]:
    """Find the files behind every path and check them before any of them is landed.

    Returns:
        What can be read, and the errors of files in folders and the like that cannot.

    Raises:
        InputError: for the first path that cannot be ingested.
    """
    errors: list[InputError] = []
    found = find_files(paths, format_name, tell, errors.append)
    return [
        Input(file.path, file.file_format, source_name or slug(file.corpus)) for file in found
    ], errors


def parse_column_map(pairs: Sequence[str]) -> dict[str, str]:
    """Turn `title=Name` pairs into a column map.

    Raises:
        UsageError: a pair has another shape, or names a field that does not exist.
    """
    columns: dict[str, str] = {}
    for pair in pairs:
        field, separator, column = pair.partition("=")
        if not separator or not column or field not in FIELDS:
            raise UsageError(
                f"--map {pair}: write it as FIELD=COLUMN; the fields are {', '.join(FIELDS)}."
            )
        columns[field] = column
    return columns


def slug(text: str) -> str:
    """Return a source name: lower-case letters, digits, hyphens and underscores."""
    return re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-") or "papers"


def ingest(
    settings: Settings,
    inputs: Sequence[Input],
    columns: Mapping[str, str],
    run_id: str,
    on_progress: Callable[[Input, int], None] = lambda source, count: None,
) -> Ingested:
    """Land files one after the other, then let the gate judge what they brought.

    A file that was landed whole before, in the same way, is not read again. So a command that
    was killed goes on where it stopped. A file that cannot be used does not stop the others.

    Raises:
        PapertallyError: the gate refused a load; the message says which rows.
    """
    mark_unchecked(settings)
    loads: list[Load] = []
    known: list[tuple[Input, Load]] = []
    errors: list[InputError] = []
    with build_connection(settings) as con:
        prepare_for_bulk(con)
        for source in inputs:
            try:
                way: LandingWay = {
                    "source_sha256": sha256_of(source.path),
                    "source_name": source.source_name,
                    "loaded_by": LOADED_BY,
                    "columns": columns,
                }
                earlier = known_load(con, source.file_format, way)
                if earlier is not None:
                    known.append((source, earlier))
                    continue
                report = partial(on_progress, source)
                loads.append(
                    land_file(con, source.path, source.file_format, **way, on_progress=report)
                )
            except InputError as error:
                errors.append(error)
        gate = judge_loads(settings, con, run_id)
    return Ingested(loads, known, errors, gate)


def judge_loads(settings: Settings, con: duckdb.DuckDBPyConnection, run_id: str) -> GateResult:
    """Let the gate on the landed batch judge every load that it has not judged yet.

    A load that it refuses stays in raw, out of every model, and may be ingested again.

    Raises:
        PapertallyError: a load was refused; the message says which rows.
    """
    unjudged = con.execute(
        "select load_id from raw.loads"
        " where load_id not in (select load_id from raw.load_verdicts) order by loaded_at, load_id"
    ).fetchall()
    load_ids = [load_id for (load_id,) in unjudged]
    if not load_ids:
        return GateResult(gate="landed_batch", checks=())
    from expectations.runner import run_gate

    result = run_gate(
        con,
        "landed_batch",
        run_id=run_id,
        checked_at=now(),
        docs_dir=settings.data_docs,
        load_ids=load_ids,
    )
    con.execute("begin")
    land_results(con, run_id, now(), result)
    is_judged = result.is_passed or bool(result.refused_loads)
    for load_id in load_ids if is_judged else []:
        reason = result.refused_loads.get(load_id)
        con.execute(
            "insert into raw.load_verdicts values ($load_id, $is_accepted, $reason, $judged_at)",
            {
                "load_id": load_id,
                "is_accepted": reason is None,
                "reason": reason,
                "judged_at": now(),
            },
        )
    con.execute("commit")
    if not result.is_passed:
        raise PapertallyError(
            f"The gate refused what was landed; it is in no count.\n{describe(result)}"
        )
    return result


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

        with attached_published_file(con, settings):
            result = run_gate(
                con, "marts", run_id=run_id, checked_at=now(), docs_dir=settings.data_docs
            )
        land_results(con, run_id, now(), result)
        if result.is_passed:
            _record_run(con, run_id, started_at)
    if not result.is_passed:
        raise PapertallyError(
            f"The gate stopped publication; readers still see the old file.\n{describe(result)}"
        )
    mark_checked(settings, run_id)
    return result


def _refuse_foreign_models(con: duckdb.DuckDBPyConnection) -> None:
    """Leave models alone that came from other rows or code: the snapshot would name the wrong ones.

    Raises:
        PapertallyError: they did.
    """
    last = built_from(con)
    if last is not None and last != build_digest(con):
        raise PapertallyError(
            "The models were built from other papers, or by another version or vocabulary, than "
            "are there now. Run: papertally build && papertally check"
        )


def describe(result: GateResult) -> str:
    """Return the failed checks of a gate, with the rows that failed them."""
    lines: list[str] = []
    for failed in result.failed_critical:
        lines.append(f"- {failed.check_name}: {failed.description} Seen: {failed.observed_value}.")
        lines.extend(f"    {row}" for row in failed.failing_rows)
    return "\n".join(lines)


def _record_run(con: duckdb.DuckDBPyConnection, run_id: str, started_at: datetime) -> None:
    parts = snapshot_parts(con)
    con.execute(
        """
        insert into quality.runs by name
        select
            $run_id as run_id,
            $started_at as started_at,
            greatest(
                $finished_at,
                (select max(finished_at) + interval 1 millisecond from quality.runs)
            ) as finished_at,
            $papertally_version as papertally_version,
            $duckdb_version as duckdb_version,
            $dbt_version as dbt_version,
            $vocabulary_key as vocabulary_key,
            $snapshot_id as snapshot_id,
            $inputs_digest as inputs_digest,
            $vocabulary_digest as vocabulary_digest,
            $code_digest as code_digest,
            $packages as packages,
            (select count(*) from marts.dim_papers) as paper_count,
            (select count(*) from marts.fct_mentions) as mention_count,
            coalesce(sum(read_count), 0) as read_count,
            coalesce(sum(landed_count), 0) as landed_count,
            coalesce(sum(known_count), 0) as known_count,
            coalesce(sum(rejected_count), 0) as rejected_count
        from quality.loads
        where not is_refused
        """,
        {
            "run_id": run_id,
            "started_at": started_at,
            "finished_at": now(),
            "papertally_version": __version__,
            "duckdb_version": duckdb.__version__,
            "dbt_version": importlib.metadata.version("dbt-core"),
            "vocabulary_key": vocabulary_key(),
            "snapshot_id": parts.snapshot_id,
            **asdict(parts),
        },
    )
