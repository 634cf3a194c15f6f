"""`papertally run`: files all the way to published counts."""

from papertally.commands.ingest import land
from papertally.commands.options import AsJson, ColumnPairs, Files, FormatName, SourceName
from papertally.settings import SAMPLE_LABELS, SAMPLE_PAPERS, load_settings
from papertally.terminal import print_json, say, working


def run(
    files: Files = None,
    format_name: FormatName = None,
    source: SourceName = None,
    column_map: ColumnPairs = None,
    as_json: AsJson = False,
) -> None:
    """Take files all the way: ingest, build, evaluate, check, publish; print what was found.

    Without files it takes the embedded sample corpus. PAPERTALLY_HOME (default ./warehouse)
    holds everything that is written. A run that fails or is killed changes nothing that
    readers see; run it again and it goes on from what has landed.
    """
    from papertally.lock import pipeline_lock
    from papertally.pipeline.build import build
    from papertally.pipeline.check import check
    from papertally.pipeline.inputs import find_inputs, parse_column_map
    from papertally.pipeline.runs import new_run_id, now
    from papertally.pipeline.verdicts import warn
    from papertally.publishing.publish import clean_up, publish
    from papertally.reading.summary import summarise
    from papertally.scoring.evaluate import evaluate, is_scored, land_evaluation
    from papertally.warehouse.build_file import build_connection

    settings = load_settings()
    columns = parse_column_map(column_map or [])
    inputs, errors = find_inputs(files or [SAMPLE_PAPERS], format_name, source)
    with pipeline_lock(settings, "run", say) as lock:
        clean_up(settings)
        started_at, run_id = now(), new_run_id(settings)
        _, unusable = land(inputs, errors, columns, run_id)
        with working("Building the models and testing them …"):
            build(settings, run_id, lock)
        if not is_scored(settings, SAMPLE_LABELS):
            with working("Scoring the mentions against the embedded labels …"):
                evaluation = evaluate(settings, SAMPLE_LABELS, lock)
            with build_connection(settings) as con:
                land_evaluation(con, evaluation, now())
        with working("Checking the marts …"):
            result = check(settings, run_id, started_at)
        warn(result)
        publish(settings)
    summary = summarise(settings, unusable.errors if unusable else ())
    if as_json:
        print_json(summary)
    else:
        from rich.console import Console

        from papertally.reading.summary import print_summary

        print_summary(Console(), summary, settings)
    if unusable:
        raise unusable
