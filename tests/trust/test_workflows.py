"""What CI runs from elsewhere is named by content, not by a name that can be moved."""

import re

from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def test_actions_are_pinned_by_hash_and_say_their_version():
    used = [line for path in WORKFLOWS for line in path.read_text().splitlines() if "uses:" in line]
    assert len(used) > 5
    loose = [line for line in used if not re.search(r"uses: \S+@[0-9a-f]{40}  # v\d", line)]
    assert loose == []


def test_the_audit_does_not_pass_over_what_it_could_not_ask_about():
    audits = re.findall(r"pip-audit --(?!version).*", "".join(p.read_text() for p in WORKFLOWS))
    assert len(audits) == 2
    assert all("--strict" in audit and "--require-hashes" in audit for audit in audits)
