"""What the tests of the gates and of the query sandbox plant: counted, and taken to publication."""

import os
import subprocess
import sys
from xml.etree import ElementTree

import duckdb

from bench.faults import homes
from bench.faults.homes import ROOT, require
from papertally.errors import PapertallyError
from papertally.pipeline.check import check
from papertally.pipeline.runs import new_run_id
from papertally.publishing.publish import publish
from papertally.settings import load_settings

TESTS = {
    "gate": ["tests/expectations"],
    "sandbox": [
        "tests/papertally/reading/test_query_limits.py",
        "tests/papertally/reading/test_query.py",
    ],
}
KINDS = {
    "defects caught": ("defect", "loss_since"),
    "oddities said": ("oddity", "change_since"),
    "harmless variations passed": ("harmless", "ordinary_change", "small_corpus"),
    "attacks refused": ("refused", "is_ended"),
}


def count_planted(place, part):
    results = place.dir / f"{part}.xml"
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", f"--junitxml={results}"]
        + TESTS[part],
        cwd=ROOT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    cases = list(ElementTree.parse(results).iter("testcase"))  # noqa: S314 (our own file)
    figures = {"tests": len(cases), "passed": sum(not list(case) for case in cases)}
    for kind, words in KINDS.items():
        fitting = [c for c in cases if any(word in c.get("name") for word in words)]
        if fitting:
            figures[kind] = f"{sum(not list(case) for case in fitting)} of {len(fitting)}"
    with place.check(part, f"{figures}", figures):
        bad = [case.get("name") for case in cases if list(case)]
        require(not bad, f"{bad[:5]}")


def nothing_planted_is_published(place):
    """Plant each defect in a home, check and publish it; plant what is harmless, likewise."""
    from tests.expectations import test_changes, test_marts

    defects = test_marts.DEFECTS | test_changes.CRITICAL
    figures = {"defects planted": len(defects), "published": 0}
    for name, (plant, check_name) in defects.items():
        with place.check("planted", f"not published: {name}"):
            settings, pointed = _planted(place, plant)
            said = _refused(check, settings, new_run_id(settings))
            require(check_name in said, f"{check_name} is not named: {said[:500]}")
            said = _refused(publish, settings)
            figures["published"] += settings.current.readlink() != pointed
            require("has not passed its gate" in said, said)
            require(settings.current.readlink() == pointed, "it was published")
    for name, change in test_marts.HARMLESS.items():
        with place.check("planted", f"published: {name}"):
            settings, pointed = _planted(place, change)
            check(settings, new_run_id(settings))
            publish(settings)
            require(settings.current.readlink() != pointed, "it was not published")
    with place.check("planted", f"{figures}", figures):
        require(not figures["published"], "a defect was published")


def _planted(place, plant):
    home = homes.copy(place.base, place.dir / "planted")
    settings = load_settings({"PAPERTALLY_HOME": str(home)})
    with duckdb.connect(settings.build_file) as con:
        con.execute(plant)
        con.execute("delete from raw.last_build")  # as dbt does before it changes something
    return settings, settings.current.readlink()


def _refused(step, *arguments):
    try:
        step(*arguments)
    except PapertallyError as refusal:
        return str(refusal)
    return "it passed"
