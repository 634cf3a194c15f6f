"""The command line as pages, from the commands themselves."""

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from papertally.cli import app


def commands() -> Iterator[tuple[str, Any]]:
    """Yield every command with the words that call it, in the order of `--help`."""

    def below(words: str, group: Any) -> Iterator[tuple[str, Any]]:
        for name, command in group.commands.items():
            if hasattr(command, "commands"):
                yield from below(f"{words} {name}", command)
            else:
                yield f"{words} {name}", command

    yield from below("papertally", get_command(app))


def markdown() -> str:
    """Return a section a command: what it does, how it is called, its options."""
    return "\n\n".join(_section(words, command) for words, command in commands())


def _section(words: str, command: Any) -> str:
    arguments = [it for it in command.params if it.param_type_name == "argument"]
    options = [it for it in command.params if it.param_type_name == "option"]
    call = " ".join(
        [words, *(["[OPTIONS]"] if options else []), *(_metavar(it) for it in arguments)]
    )
    rows = [_row(_metavar(it), it) for it in arguments]
    rows += [_row(", ".join(it.opts), it) for it in options]
    table = ["| | | default |", "|---|---|---|", *rows] if rows else []
    return "\n".join(
        [f"## {words}", "", command.help or "", "", "```text", call, "```", "", *table]
    )


def _metavar(argument: Any) -> str:
    name = argument.name.upper()
    name = f"{name}…" if argument.nargs == -1 else name
    return name if argument.required else f"[{name}]"


def _row(shown: str, parameter: Any) -> str:
    said = parameter.help or ""
    if parameter.type_descriptor.is_choice:
        values = ", ".join(f"`{value}`" for value in parameter.type_descriptor.choices)
        said = f"{said} One of {values}."
    return f"| `{shown}` | {said} | {_default(parameter)} |"


def _default(parameter: Any) -> str:
    value = parameter.default
    if value in (None, False, "", ()):
        return ""
    value = getattr(value, "value", value)
    return f"`{getattr(value, 'name', value)}`"
