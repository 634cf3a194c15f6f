"""Counts what the tests of the gates and of the query sandbox plant, by running them."""

import os
import subprocess
import sys
from xml.etree import ElementTree

from bench.faults.homes import ROOT, require

TESTS = {
    "gate": ["tests/expectations"],
    "sandbox": ["tests/papertally/test_query_limits.py", "tests/papertally/test_query.py"],
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
