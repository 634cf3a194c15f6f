"""Mutants: small faults put into a module one at a time, and whether its tests notice them.

    make mutants NAME=ingest/dates.py TESTS=tests/ingest/test_dates.py

The faults are mutmut's, its runner is not: that one leaves code outside of functions alone, where
our patterns and rules stand, and it starts with a run of the whole suite. Here a mutant is written
into a copy of the repository and meets the tests that are named, until the first of them fails.
Each runs in a process forked from one that has imported what is heavy.
"""

import argparse
import contextlib
import difflib
import importlib
import io
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import libcst as cst
from libcst import metadata
from mutmut.mutation.mutators import mutation_operators

SEED: Final = 8
LEFT_ALONE: Final = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)
NOT_CALLED: Final = {"len", "isinstance", "cast"}
PLUGINS_OFF: Final = ("cacheprovider", "randomly", "xdist", "anyio")
PYTEST: Final = (
    "-x",
    "-q",
    *(f"-pno:{name}" for name in PLUGINS_OFF),
    "-Wignore::pytest.PytestAssertRewriteWarning",  # of what is imported already
)


class Mutant(NamedTuple):
    """A fault: what stands in the module and what would stand there instead."""

    line: int
    original: cst.CSTNode
    mutated: cst.CSTNode


class Mutations(cst.CSTVisitor):
    """Every mutant of a module, in the order of its text."""

    METADATA_DEPENDENCIES = (metadata.PositionProvider,)

    def __init__(self) -> None:
        self.found: list[Mutant] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, LEFT_ALONE) or _is_docstring(node) or _only_for_types(node):
            return False
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                place = self.get_metadata(metadata.PositionProvider, node, None)
                line = place.start.line if place else 0
                self.found += [Mutant(line, node, mutated) for mutated in operator(node)]
        return True


def _is_docstring(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Expr) and isinstance(node.value, cst.SimpleString)


def _only_for_types(node: cst.CSTNode) -> bool:
    return (
        isinstance(node, cst.Call)
        and isinstance(node.func, cst.Name)
        and node.func.value in NOT_CALLED
    )


def drawn(source: str, sample: int) -> tuple[int, Iterator[tuple[int, str]]]:
    """Return how many mutants there are, and a sample of them as (line, mutated source)."""
    wrapper = metadata.MetadataWrapper(cst.parse_module(source))
    visitor = Mutations()
    wrapper.visit(visitor)
    chosen = visitor.found
    if sample < len(chosen):
        places = sorted(random.Random(SEED).sample(range(len(chosen)), sample))  # noqa: S311
        chosen = [chosen[place] for place in places]
    texts = (
        (mutant.line, wrapper.module.deep_replace(mutant.original, mutant.mutated).code)  # type: ignore[union-attr]
        for mutant in chosen
    )
    return len(visitor.found), texts


def tested(tests: list[str], seconds: float) -> tuple[str, float, str]:
    """Run tests in a forked process; return the verdict, the CPU time, and what was printed."""
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        child = os.fork()
        if not child:
            _run_tests(tests, seconds, said)
        while True:
            done, status, used = os.wait4(child, os.WNOHANG)
            if done:
                break
            if time.monotonic() - began > 60 + 10 * seconds:
                os.killpg(child, signal.SIGKILL)
            time.sleep(0.01)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # what the tests started
        said.seek(0)
        text = said.read()
    if os.WIFSIGNALED(status):
        return "killed by time", used.ru_utime + used.ru_stime, text
    verdict = "survived" if os.WEXITSTATUS(status) == 0 else "killed"
    return verdict, used.ru_utime + used.ru_stime, text


def _run_tests(tests: list[str], seconds: float, said: io.TextIOBase) -> None:
    os.setpgid(0, 0)
    limit = int(10 + 5 * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    os.dup2(said.fileno(), 1)
    os.dup2(said.fileno(), 2)
    import pytest

    code = 70
    try:
        code = int(pytest.main([*PYTEST, *tests]))
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def copy_repository(folder: Path) -> None:
    """Copy what git knows or would know, with the environment beside it."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if Path(name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(name, folder / name)
    subprocess.run([sys.executable, "-m", "compileall", "-q", folder], check=False)


def warm_up(tests: list[str], home: str) -> None:
    """Import what the tests need of others, so that it is done once for all mutants."""
    collect = (
        "import sys, pytest; pytest.main(sys.argv[1:]);"
        "[print('module', n) for n, m in [*sys.modules.items()] if getattr(m, '__file__', None)"
        f" and not m.__file__.startswith({home!r})]"
    )
    listed = subprocess.run(
        [sys.executable, "-c", collect, "--collect-only", *PYTEST, *tests],
        capture_output=True,
        text=True,
        check=True,
    )
    for line in listed.stdout.splitlines():
        if line.startswith("module "):
            with contextlib.suppress(Exception):
                importlib.import_module(line.removeprefix("module "))


def main() -> None:
    """Print every mutant that survived as a diff, and the score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module", type=Path)
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--sample", type=int, default=sys.maxsize, help="at most so many mutants")
    asked, options = parser.parse_known_args()  # the others are pytest's
    asked.tests += options
    source = asked.module.read_text()
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        copy_repository(Path(name))
        os.chdir(name)
        sys.path[0] = name
        warm_up(asked.tests, name)
        verdict, seconds, said = tested(asked.tests, 600)
        if verdict != "survived":
            sys.exit(f"The tests fail without a mutant:\n{said}")
        total, mutants = drawn(source, asked.sample)
        verdicts: list[str] = []
        for line, mutated in mutants:
            asked.module.write_text(mutated)
            written = 1_000_000_000 + len(verdicts)  # never that of byte code that is kept
            os.utime(asked.module, (written, written))
            verdict, _, _ = tested(asked.tests, seconds)
            verdicts.append(verdict)
            if verdict == "survived":
                _show(asked.module, line, source, mutated)
    survived = verdicts.count("survived")
    killed = len(verdicts) - survived
    print(
        f"{asked.module}: {killed} of {len(verdicts)} killed ({killed / len(verdicts):.0%}),"
        f" {verdicts.count('killed by time')} of them by time;"
        f" {total} mutants in all; the tests take {seconds:.1f} s"
    )


def _show(module: Path, line: int, source: str, mutated: str) -> None:
    print(f"--- {module}:{line} survived")
    for said in difflib.unified_diff(source.splitlines(), mutated.splitlines(), lineterm="", n=0):
        if said[:1] in "+-" and said[:3] not in {"+++", "---"}:
            print(said)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
