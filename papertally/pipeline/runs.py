"""Runs: what one is called, and the row that is kept of each that passed its gate."""

import importlib.metadata
import re
import uuid
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Final

import duckdb

from papertally import __version__
from papertally.building.extraction import vocabulary_key
from papertally.publishing.snapshots import snapshot_parts
from papertally.settings import Settings
from papertally.terminal import say
from papertally.warehouse.history import PREFIX, versions

RUN_TIME: Final = re.compile(rf"{PREFIX}(\d{{8}}T\d{{6}})")
CLOCK_SLACK: Final = timedelta(minutes=1)


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


def record_run(con: duckdb.DuckDBPyConnection, run_id: str, started_at: datetime) -> None:
    """Put the row of a run that passed its gate beside those of earlier ones."""
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
