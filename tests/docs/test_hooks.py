"""What runs at a commit is what `make lint` runs."""

import re

import yaml

from tests.conftest import ROOT


def test_the_hooks_run_what_lint_runs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe
    linted = re.findall(r"\$\(BIN\)/(.+)", recipe[1])
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    run = [hook["entry"].removeprefix(".venv/bin/") for hook in hooks]
    # hooks are handed the files; lint names all of them
    assert [
        line.removesuffix(" .").removesuffix(" models macros tests/dbt") for line in linted
    ] == run
    assert {hook["language"] for hook in hooks} == {"system"}
