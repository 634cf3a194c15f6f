"""Parts of pages that are made from the code, so that they cannot differ from it.

A page says where such a part goes: `<!-- generated: commands -->`, or `<!-- generated: tables
marts -->` with an argument. Links to pages of the repository that are not in the site become the
names of their files.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs.reference import commands, formats, settings, tables

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOCS = Path(__file__).parents[1]
LINK = re.compile(r"\[([^\]]+)\]\(([^)#:\s]+\.md)(?:#[^)]*)?\)")
PLACE = re.compile(r"<!-- generated: (\w+)(?: (\w+))? -->")


def fill(app: "Sphinx", page: str, source: list[str]) -> None:
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

    def named(found: re.Match[str]) -> str:
        file = (DOCS / page).parent.joinpath(found[2]).resolve()
        return (
            found[0] if DOCS in file.parents else f"{found[1]} (`{file.relative_to(DOCS.parent)}`)"
        )

    source[0] = LINK.sub(named, PLACE.sub(made, source[0]))


@cache
def _manifest(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file; `make docs` has dbt write it first")
    return json.loads(path.read_bytes())
