"""The settings as a table, from the classes that hold them."""

import inspect
import re
from collections.abc import Iterator

from ingest.fetch.settings import URLS, FetchSettings
from papertally.settings import Settings

ATTRIBUTE = re.compile(r"^ +\w+: (.+); (PAPERTALLY_\w+)(?:, (.+))?$", re.MULTILINE)


def markdown() -> str:
    """Return a row a setting: its name, what holds without it, what it sets."""
    rows = [
        *stated(Settings),
        *stated(FetchSettings),
        *(
            (name, url, "where that provider is asked; a mirror, for example")
            for name, url in URLS.items()
        ),
    ]
    table = [
        f"| `{name}` | {f'`{unset}`' if unset else ''} | {said} |" for name, unset, said in rows
    ]
    return "\n".join(["| variable | default | what it sets |", "|---|---|---|", *table])


def stated(kind: type) -> Iterator[tuple[str, str, str]]:
    """Yield name, default and meaning of the settings that a docstring states."""
    lines = re.sub(r"\n {8,}", " ", inspect.getdoc(kind) or "")  # what goes on on the next line
    for said, name, unset in ATTRIBUTE.findall(lines):
        yield name, unset, said
