"""What a person sees: words and progress on standard error, results on standard output."""

import json
import sys
from collections.abc import Generator
from contextlib import contextmanager

from papertally.visible import in_json, visible


def say(text: str) -> None:
    """Tell a person something; results go to standard output, words to standard error.

    Lines after the first are indented, so that a name which holds a line break forges no message.
    """
    print(visible(text).replace("\n", "\n  "), file=sys.stderr, flush=True)


@contextmanager
def working(text: str) -> Generator[None]:
    """Say what is being done; a terminal shows that it goes on, and for how long."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        say(text)
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(text, total=1)
        yield
        bar.update(task, completed=1)


def write_rows(content: bytes, output: str) -> None:
    """Write rendered rows to standard output; a file gets them as they are, a terminal safe."""
    if output == "csv" and sys.stdout.isatty():
        content = visible(content.decode()).encode()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def print_json(value: object) -> None:
    """Print a result as JSON."""
    print(in_json(json.dumps(value, default=str, ensure_ascii=False, indent=2)))
