"""`papertally status`: what is published, how fresh it is, what the last gate said."""

from typing import Any, cast

from papertally.commands.options import AsJson
from papertally.settings import load_settings
from papertally.terminal import print_json
from papertally.visible import in_line


def status(as_json: AsJson = False) -> None:
    """Show what is published, how fresh it is, and what the last gate said."""
    from papertally.reading.status import status as read_status

    report = read_status(load_settings())
    if as_json:
        print_json(report)
        return
    for name, value in report.items():
        shown = cast("dict[str, Any]", value if isinstance(value, dict) else {"": value})
        for part, figure in shown.items():
            label = f"{name} {part}".strip().replace("_", " ")
            is_count = isinstance(figure, int) and not isinstance(figure, bool)
            text = f"{figure:,}" if is_count else "-" if figure is None else str(figure)
            print(f"{label:28} {in_line(text)}")
