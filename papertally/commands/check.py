"""`papertally check`: the gate on the marts."""

from papertally.commands.options import AsJson
from papertally.settings import load_settings
from papertally.terminal import print_json, say


def check(as_json: AsJson = False) -> None:
    """Run the gate on the marts; only what passes may be published."""
    from dataclasses import asdict

    from papertally.lock import pipeline_lock
    from papertally.pipeline.check import check as check_marts
    from papertally.pipeline.runs import new_run_id
    from papertally.pipeline.verdicts import warn

    settings = load_settings()
    with pipeline_lock(settings, "check", say):
        result = check_marts(settings, new_run_id(settings))
    warn(result)
    say(f"{len(result.checks)} checks, none critical failed. Next: papertally publish")
    if as_json:
        print_json(asdict(result))
