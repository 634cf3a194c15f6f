"""Landing: files into the raw tables, then the gate on what they brought."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from expectations.results import GateResult
from ingest.bulk import prepare_for_bulk
from ingest.errors import InputError
from ingest.land import LandingWay, Load, known_load, land_file, sha256_of
from papertally import __version__
from papertally.pipeline.first_gate import judge_loads
from papertally.pipeline.inputs import Input
from papertally.publishing.publish import mark_unchecked
from papertally.settings import Settings
from papertally.warehouse.build_file import build_connection

LOADED_BY: Final = f"papertally {__version__}"


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of the inputs of one call."""

    loads: list[Load]
    known: list[tuple[Input, Load]]
    """Inputs whose bytes an earlier load landed in the same way, with that load."""
    errors: list[InputError]
    """Of the files that could not be used."""
    gate: GateResult


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
