"""Parts of pages that are made from the code, so that they cannot differ from it.

A page says where such a part goes: `<!-- generated: commands -->`, or `<!-- generated: tables
marts -->` with an argument. Where it should be read in the repository as well, it is kept below
that line, up to `<!-- generated until here -->`. Links to pages of the repository that are not in
the site become the names of their files.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs.reference import commands, formats, settings, tables

if TYPE_CHECKING:
    from sphinx.application import Sphinx

GENERATORS = {
    "commands": commands.markdown,
    "formats": formats.markdown,
    "settings": settings.markdown,
}
FOLDER = "\n```{toctree}\n:hidden:\n:glob:\n\n*\n```\n"
"""What a page that introduces its folder ends with."""

DOCS = Path(__file__).parents[1]
LINK = re.compile(r"\[([^\]]+)\]\(([^)#:\s]+\.md)(?:#[^)]*)?\)")
PLACE = re.compile(
    r"<!-- generated: (\w+)(?: (\w+))? -->(?:\n\n(.*?)\n\n<!-- generated until here -->)?",
    re.DOTALL,
)


def fill(app: "Sphinx", page: str, source: list[str]) -> None:
    """Put what is generated into the text of a page."""

    def made(found: re.Match[str]) -> str:
        if found[1] == "tables":
            return tables.markdown(_manifest(Path(app.config.manifest)), found[2])
        return GENERATORS[found[1]]()

    def named(found: re.Match[str]) -> str:
        file = (DOCS / page).parent.joinpath(found[2]).resolve()
        return (
            found[0] if DOCS in file.parents else f"{found[1]} (`{file.relative_to(DOCS.parent)}`)"
        )

    source[0] = LINK.sub(named, PLACE.sub(made, source[0]))
    if page.endswith("/README"):
        source[0] += FOLDER


@cache
def _manifest(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file; `make docs` has dbt write it first")
    return json.loads(path.read_bytes())
