"""Parts of pages that are made from the code, so that they cannot differ from it.

A page says where such a part goes: `<!-- generated: commands -->`, or `<!-- generated: tables
marts -->` with an argument.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs.reference import commands, formats, settings, tables

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PLACE = re.compile(r"<!-- generated: (\w+)(?: (\w+))? -->")


def fill(app: "Sphinx", _: str, source: list[str]) -> None:
    """Put what is generated into the text of a page."""

    def made(found: re.Match[str]) -> str:
        kind, argument = found.groups()
        match kind:
            case "commands":
                return commands.markdown()
            case "formats":
                return formats.markdown()
            case "settings":
                return settings.markdown()
            case "tables":
                return tables.markdown(_manifest(Path(app.config.manifest)), argument)
            case _:
                raise ValueError(f"nothing generates {kind!r}")

    source[0] = PLACE.sub(made, source[0])


@cache
def _manifest(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file; `make docs` has dbt write it first")
    return json.loads(path.read_bytes())
