"""Every command, query and Python line of the documentation does what it stands for.

The pages' commands run in one process on copies of the published home, page by page, in their
order. Left out is what costs seconds and is tested elsewhere: `run` and `ingest` land their files
and end, `check` passes, `fetch` says its plan, a query runs without a process of its own.
"""

import importlib
import os
import re
import shutil
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from ingest.land import land_file
from papertally.cli import app
from papertally.pipeline.inputs import find_inputs, parse_column_map
from papertally.publishing.publish import publish
from papertally.settings import PROJECT_ROOT, load_settings
from papertally.vocabulary import review
from papertally.warehouse.build_file import build_connection
from tests.conftest import ROOT
from tests.docs.fences import PAGES, Command, Fence, commands, fences, spans

ALL = [fence for page in PAGES for fence in fences(page)]
RUN = [fence for fence in ALL if fence.is_run]
SHELL = [fence for fence in ALL if fence.language in {"sh", "yaml"}]
OTHERS = {".": "activate", "cat": "writes a file", "java": "not ours"}
"""Programs of a shell that the pages use."""


def test_pages_are_found() -> None:
    assert len(SHELL) > 20
    assert {fence.language for fence in RUN} >= {"sh", "python", "yaml"}


# -- what a page names exists, whether it can run here or not


@pytest.mark.parametrize("fence", SHELL, ids=str)
def test_every_command_and_option_exists(fence: Fence) -> None:
    for command in commands(fence):
        if command.words:
            assert_exists(command.words, is_run=fence.is_run)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_in_the_text_exists(page: Path) -> None:
    for span in spans(page):
        command, rest = found(span.split(" && ")[0].split()[1:])
        options = {option for it in command.params for option in it.opts} | {"--help"}
        assert {word for word in rest if word.startswith("--")} <= options, span


def assert_exists(words: list[str], *, is_run: bool) -> None:
    program = words[0].removeprefix(".venv/bin/")
    if program == "papertally":
        parse(words[1:])
    elif program == "make":
        targets = re.findall(r"^(\S+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        named = [word for word in words[1:] if "=" not in word and not word.startswith("-")]
        assert set(named) <= {*targets, ".venv/.run", ".venv/.dev"}, words
    elif program == "python":
        assert importlib.util.find_spec(words[2]), words
    elif program == "pytest":
        assert (ROOT / words[1]).exists(), words
    elif program == "dbt":
        models = {path.stem for path in (ROOT / "models").rglob("*.sql")}
        models |= {path.stem for path in (ROOT / "seeds").glob("*.csv")}
        assert set(words[words.index("--select") + 1 :]) <= models, words
    elif is_run:
        assert program in OTHERS, f"{words}: say not-run behind the language, or teach it here"


def parse(words: list[str]) -> None:
    """Parse a call as the command line does; nothing runs."""
    command, rest = found(words)
    if "--help" not in rest:
        command.make_context(words[0], rest)


@cache
def command_line() -> Any:
    """Return the command line, made once."""
    return get_command(app)


def found(words: list[str]) -> tuple[Any, list[str]]:
    """Return the command that words call, and the rest of the words."""
    command: Any = command_line()
    rest = list(words)
    while hasattr(command, "commands") and rest and not rest[0].startswith("-"):
        if rest[0] in {"COMMAND", "…"}:
            return command, []
        assert rest[0] in command.commands, words
        command = command.commands[rest.pop(0)]
    return command, rest


# -- what can run here runs


@pytest.fixture(scope="module")
def two_publications(
    published_home: Path, tmp_path_factory: pytest.TempPathFactory, pass_gate: Any
) -> Path:
    """A home to compare and roll back in."""
    home = tmp_path_factory.mktemp("pages") / "home"
    shutil.copytree(published_home, home, symlinks=True)
    pass_gate(home)
    publish(load_settings({"PAPERTALLY_HOME": str(home)}))
    return home


def copy_or_link(source: str, target: str) -> None:
    """Copy what commands write to; link published files, which nothing writes to."""
    (os.link if "/versions/" in source else shutil.copy2)(source, target)


class Shell:
    """Runs the commands of a page, in a folder and on homes of its own."""

    def __init__(
        self, folder: Path, published: Path, patch: pytest.MonkeyPatch, pass_gate: Any
    ) -> None:
        self.published, self.patch, self.folder = published, patch, folder
        self.pass_gate = pass_gate
        patch.chdir(folder)
        self.use_home("warehouse")

    def use_home(self, name: str) -> None:
        """Set a home that holds what `run` publishes."""
        home = (self.folder / name).absolute()
        if not home.exists():
            shutil.copytree(self.published, home, symlinks=True, copy_function=copy_or_link)
        self.patch.setenv("PAPERTALLY_HOME", str(home))

    def run(self, command: Command) -> None:
        """Run a command; a home that it sets holds for it alone, other settings for the page."""
        home = command.settings.get("PAPERTALLY_HOME")
        for name, value in command.settings.items():
            self.patch.setenv(name, value)
        if home:
            self.use_home(home)
        if command.text is not None:
            assert command.words == ["cat"]
            Path(str(command.target)).write_text(command.text, encoding="utf-8")
        elif command.words and command.words[0].endswith("papertally"):
            said = self.papertally(command.words[1:])
            if command.target:
                Path(command.target).write_text(said, encoding="utf-8")
        if home:
            self.use_home("warehouse")

    def papertally(self, words: list[str]) -> str:
        """Run a verb, or what of it takes no minutes and no network."""
        match words:
            case ["query", sql]:
                return self.query(sql)
            case ["run" | "ingest", *rest]:
                return self.land(rest)
            case ["check"]:
                return self.pass_gate(load_settings().home) or ""
            case ["fetch", *_]:
                words = [*words, "--dry-run"]
        done = CliRunner().invoke(app, words)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise AssertionError(words) from done.exception
        assert done.exit_code == 0, (words, done.output)
        return done.stdout

    def land(self, words: list[str]) -> str:
        """Land files without the first gate, which costs seconds for each."""
        command, rest = found(["ingest", *words])
        given = command.make_context("ingest", rest).params
        columns = parse_column_map(given["column_map"] or [])
        files = given["files"] or []  # the sample is in every home
        inputs, errors = find_inputs(files, given["format_name"], given["source"])
        assert not errors
        with build_connection(load_settings()) as con:
            for it in inputs:
                load = land_file(
                    con, it.path, it.file_format, source_name=it.source_name,
                    loaded_by="test", columns=columns,
                )  # fmt: skip
                assert load.landed_count + load.known_count > 0
        return ""

    def query(self, sql: str) -> str:
        """Run a query by itself, without the process that `papertally query` makes for each."""
        file = load_settings().current
        with duckdb.connect(str(file), read_only=True) as con:
            rows = con.sql(sql).fetchall()
        return "\n".join(map(str, rows))


@pytest.fixture
def shell(
    tmp_path: Path, two_publications: Path, monkeypatch: pytest.MonkeyPatch, pass_gate: Any
) -> Iterator[Shell]:
    seeds = tmp_path / "seeds"
    shutil.copytree(PROJECT_ROOT / "seeds", seeds)
    for verb in (review.accept, review.reject):
        monkeypatch.setattr(review, verb.__name__, partial(verb, seeds=seeds))
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / "bench").symlink_to(ROOT / "bench")
    return Shell(tmp_path, two_publications, monkeypatch, pass_gate)


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if any(fence.page == page and fence.language == "sh" for fence in RUN)],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_the_commands_of_a_page_run(page: Path, shell: Shell) -> None:
    for fence in RUN:
        if fence.page == page and fence.language == "sh":
            for command in commands(fence):
                shell.run(command)


@pytest.mark.parametrize("fence", [it for it in RUN if it.language == "python"], ids=str)
def test_python_runs(fence: Fence, shell: Shell) -> None:
    exec(compile(fence.text, str(fence), "exec"), {})  # noqa: S102 (our own pages)
