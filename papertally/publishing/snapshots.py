"""What identifies a published file: its inputs, vocabulary, code and packages, as one digest.

Equal snapshot ids mean equal counts, whatever the order of ingest, the threads or the machine.
"""

import hashlib
import importlib.metadata
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb

from papertally.building.extraction import DECIDING_PACKAGES, digest_of_files
from papertally.errors import PapertallyError, UsageError
from papertally.files import digest
from papertally.publishing.publish import point_to
from papertally.settings import Settings
from papertally.warehouse.history import digest_of, versions
from papertally.warehouse.published_file import published_file, read_only_connection

VOCABULARY_FILES: Final = ("seeds/*.csv",)
CODE_FILES: Final = (
    "matching/*.py",
    "ingest/dates.py",
    "macros/*.sql",
    "models/**/*.sql",
    "dbt_project.yml",
)
"""The engine, the models, and what they apply: thresholds and the macros that read dates."""

# The records in use, whatever load brought them: their digests do not depend on order.
INPUTS: Final = """
select count(*) as record_count, coalesce(bit_xor(record_hash), 0)::varchar as records
from raw.papers
where load_id not in (select load_id from raw.load_verdicts where not is_accepted)
"""
LAST_RUN: Final = "select * from quality.runs order by finished_at desc, run_id desc limit 1"


@dataclass(frozen=True, slots=True)
class SnapshotParts:
    """Digests of what decides every count; each 16 hexadecimal digits."""

    inputs_digest: str
    vocabulary_digest: str
    code_digest: str
    packages: str

    @property
    def snapshot_id(self) -> str:
        """The digest of all parts."""
        parts = (self.inputs_digest, self.vocabulary_digest, self.code_digest, self.packages)
        return _digest("\0".join(parts).encode())


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published file. Ids and counts are None where an earlier version wrote the file."""

    path: Path
    is_current: bool
    run_id: str | None
    snapshot_id: str | None
    finished_at: datetime | None
    paper_count: int | None
    mention_count: int | None
    is_readable: bool = True

    @property
    def name(self) -> str:
        """What commands call it: the name of its file without the ending."""
        return self.path.stem


def snapshot_parts(con: duckdb.DuckDBPyConnection) -> SnapshotParts:
    """Return the digests for the records in a build file and the code of now."""
    inputs = con.sql(INPUTS).fetchall()
    packages = {name: importlib.metadata.version(name) for name in DECIDING_PACKAGES}
    return SnapshotParts(
        inputs_digest=_digest(repr(inputs).encode()),
        vocabulary_digest=digest_of_files(VOCABULARY_FILES),
        code_digest=digest_of_files(CODE_FILES),
        packages=json.dumps(packages, sort_keys=True),
    )


def list_snapshots(settings: Settings) -> list[Snapshot]:
    """Return the published files that are kept, newest first."""
    current = published_file(settings)
    return [_snapshot(path, is_current=path.resolve() == current) for path in versions(settings)]


def find_snapshot(settings: Settings, wanted: str) -> Snapshot:
    """Return the kept snapshot that the text names.

    Args:
        settings: where the published files are.
        wanted: a snapshot id, a run id, the beginning of either that only one fits,
            "current", or "previous" (the newest of those before the current one).

    Raises:
        UsageError: none or several of the kept snapshots fit.
    """
    kept = list_snapshots(settings)
    if wanted == "current":
        fitting = [snapshot for snapshot in kept if snapshot.is_current]
    elif wanted == "previous":
        at = next((place for place, kept_one in enumerate(kept) if kept_one.is_current), len(kept))
        # with a pointer that leads nowhere, the newest of all
        before = kept[at + 1 :] if at < len(kept) else kept
        fitting = [snapshot for snapshot in before if snapshot.is_readable][:1]
    else:
        fitting = [
            snapshot
            for snapshot in kept
            if any(
                (name or "").startswith(wanted)
                for name in (snapshot.snapshot_id, snapshot.run_id, snapshot.name)
            )
        ]
        # one snapshot id may have been published twice: the newest file stands for it
        if len({snapshot.snapshot_id or snapshot.name for snapshot in fitting}) == 1:
            fitting = fitting[:1]
    if len(fitting) != 1:
        names = ", ".join(snapshot.snapshot_id or snapshot.name for snapshot in kept) or "none"
        found = "No kept snapshot is" if not fitting else f"{len(fitting)} kept snapshots are"
        raise UsageError(f"{found} called {wanted!r}. Kept: {names}. See: papertally snapshots")
    return fitting[0]


def roll_back(settings: Settings, wanted: str) -> Snapshot:
    """Point readers to a kept file, once it is seen to be as it was published.

    Raises:
        UsageError: none or several of the kept snapshots fit.
        PapertallyError: the file is damaged.
    """
    snapshot = find_snapshot(settings, wanted)
    noted = digest_of(settings, snapshot.path.name)
    if not snapshot.is_readable or (noted and digest(snapshot.path) != noted):
        raise PapertallyError(
            f"{snapshot.path} is damaged; readers still see what they saw. "
            "Name another one of: papertally snapshots"
        )
    point_to(settings, snapshot.path, "rollback", noted)
    return snapshot


def _snapshot(path: Path, *, is_current: bool) -> Snapshot:
    row: dict[str, Any] = {}
    is_readable = True
    try:
        with read_only_connection(path) as con:
            rows = con.sql(LAST_RUN).pl().to_dicts()
            row = rows[0] if rows else {}
    except (PapertallyError, duckdb.Error):
        is_readable = False
    return Snapshot(
        path=path,
        is_current=is_current,
        run_id=row.get("run_id"),
        snapshot_id=row.get("snapshot_id"),
        finished_at=row.get("finished_at"),
        paper_count=row.get("paper_count"),
        mention_count=row.get("mention_count"),
        is_readable=is_readable,
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
