"""`papertally ingest`: files into the raw tables, and what became of each."""

from typing import TYPE_CHECKING

from papertally.commands.options import AsJson, ColumnPairs, Files, FormatName, SourceName
from papertally.settings import SAMPLE_PAPERS, load_settings
from papertally.terminal import print_json, say
from papertally.visible import in_line

if TYPE_CHECKING:
    from ingest.errors import InputError, UnusableFiles
    from ingest.land import Load
    from papertally.pipeline.inputs import Input


def ingest(
    files: Files = None,
    format_name: FormatName = None,
    source: SourceName = None,
    column_map: ColumnPairs = None,
    as_json: AsJson = False,
) -> None:
    """Land files in the raw tables and let the gate judge them; nothing is published."""
    from dataclasses import asdict

    from papertally.lock import pipeline_lock
    from papertally.pipeline.inputs import find_inputs, parse_column_map
    from papertally.pipeline.runs import new_run_id
    from papertally.publishing.publish import clean_up

    settings = load_settings()
    columns = parse_column_map(column_map or [])
    inputs, errors = find_inputs(files or [SAMPLE_PAPERS], format_name, source)
    with pipeline_lock(settings, "ingest", say):
        clean_up(settings)
        run_id = new_run_id(settings)
        loads, unusable = land(inputs, errors, columns, run_id)
    if as_json:
        print_json([asdict(load) for load in loads])
    if unusable:
        raise unusable


def land(
    inputs: "list[Input]", errors: "list[InputError]", columns: dict[str, str], run_id: str
) -> "tuple[list[Load], UnusableFiles | None]":
    """Land what can be landed and say what became of every file.

    Raises:
        InputError: nothing could be used.
    """
    from ingest.errors import UnusableFiles
    from papertally.commands.progress import progress
    from papertally.pipeline.landing import ingest as ingest_files
    from papertally.pipeline.verdicts import warn

    with progress([source.path for source in inputs]) as advance:
        ingested = ingest_files(load_settings(), inputs, columns, run_id, advance)
    for source, load in ingested.known:
        is_same = str(source.path) == load.source_file
        say(
            f"{in_line(str(source.path))}: not read again; these bytes were landed whole"
            f"{'' if is_same else f' as {in_line(load.source_file)}'}"
            f" on {load.loaded_at:%Y-%m-%d %H:%M} ({load.landed_count:,} papers)"
        )
    for load in ingested.loads:
        say(
            f"{in_line(load.source_file)}: read {load.read_count:,} = landed {load.landed_count:,}"
            f" + already known {load.known_count:,} + rejected {load.rejected_count:,}"
        )
    warn(ingested.gate)
    failed, file_count = [*errors, *ingested.errors], len(errors) + len(inputs)
    if not failed:
        return ingested.loads, None
    if file_count == 1:
        raise failed[0]
    for error in failed:
        say(f"Not landed: {error}")
    unusable = UnusableFiles(failed, file_count)
    if len(failed) == file_count:
        raise unusable
    return ingested.loads, unusable
