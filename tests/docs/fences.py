"""What stands between fences in the documentation, and the commands in it.

A fence that no test can run says so behind its language, with the reason:

    ```sh not-run: asks a provider

Its commands still have to exist, with their options.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT

PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "bench/labels/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
FENCE = re.compile(r"^( *)```([^\n`]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
NOT_RUN = re.compile(r"not-run: \S.*")
SPAN = re.compile(r"(?<!`)`(papertally [^`\n]+)`(?!`)")
COMMENT = re.compile(r"(?:^|\s+)# .*$", re.MULTILINE)
DATE = re.compile(r"\$\(date [^)]*\)")
HEREDOC = re.compile(r"^(.*)<<'(\w+)'\n(.*?)^\2$\n?", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of a page."""

    page: Path
    line: int
    language: str
    is_run: bool
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


@dataclass(frozen=True, slots=True)
class Command:
    """A command line: what it sets for itself, its words, and where its output goes."""

    settings: dict[str, str]
    words: list[str]
    target: str | None = None
    text: str | None = None
    """What a here-document hands in."""


def fences(page: Path) -> list[Fence]:
    """Return the fences of a page."""
    content = page.read_text(encoding="utf-8")
    found: list[Fence] = []
    for match in FENCE.finditer(content):
        language, _, said = match[2].partition(" ")
        line = content.count("\n", 0, match.start()) + 1
        if language in {"sh", "python", "sql"}:
            assert not said or NOT_RUN.fullmatch(said), f"{page}:{line}: {said}"
        found.append(Fence(page, line, language, not said, match[3]))
    return found


def spans(page: Path) -> list[str]:
    """Return the commands that stand in the text of a page, outside of fences."""
    return SPAN.findall(FENCE.sub("", page.read_text(encoding="utf-8")))


def commands(fence: Fence) -> Iterator[Command]:
    """Yield the commands of a fence: of a shell's lines, or of the steps of a workflow."""
    if fence.language == "sh":
        yield from _shell(fence.text)
    elif fence.language == "yaml":
        for step in _steps(yaml.safe_load(fence.text)):
            yield from _shell(step)


def _steps(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        for name, value in tree.items():
            if name == "run":
                yield value
            else:
                yield from _steps(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _steps(value)


def _shell(text: str) -> Iterator[Command]:
    place, text = 0, DATE.sub("2026-01-31", text)
    for match in HEREDOC.finditer(text):
        yield from _lines(text[place : match.start()])
        (command,) = _lines(match[1])
        yield Command(command.settings, command.words, command.target, match[3])
        place = match.end()
    yield from _lines(text[place:])


def _lines(text: str) -> Iterator[Command]:
    lexer = shlex.shlex(COMMENT.sub("", text), posix=True, punctuation_chars="&>\n")
    lexer.commenters = ""  # it would take the end of the line as well
    lexer.whitespace = " \t"
    lexer.whitespace_split = True
    words: list[str] = []
    for word in [*lexer, "\n"]:
        if word not in {"&&"} and word.strip("\n"):
            words.append(word)
        elif words:
            yield _command(words)
            words = []


def _command(words: list[str]) -> Command:
    target = None
    if ">" in words:
        place = words.index(">")
        target, words = words[place + 1], words[:place] + words[place + 2 :]
    settings: dict[str, str] = {}
    if words[0] == "export":
        words = words[1:]
    while words and re.match(r"[A-Z_]+=", words[0]):
        name, _, value = words[0].partition("=")
        settings[name] = value
        words = words[1:]
    return Command(settings, words, target)
