"""What the beginning of a file says about the JSON in it."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any, Final, cast

import ijson
import orjson

from ingest.formats.lines import BOM

CONTAINERS: Final = frozenset({"results", "data", "papers", "notes", "dailyPapers"})
"""Keys under which pages of the known sources keep their items."""

ATTEMPTS: Final = 8

PARSE: Final = cast(
    "Callable[..., Iterator[tuple[str, str, Any]]]",
    ijson.get_backend("python").parse,  # pyright: ignore[reportUnknownMemberType]
)
"""The one in C ends the whole process at a number of five thousand digits."""


class Probe(dict[str, object]):
    """Paths of the keys seen, with the first plain value under each.

    Paths are those inside of an item ("paper.id", "authors.item.name"); the path of a value
    that is an item by itself is empty.
    """

    def has(self, *paths: str) -> bool:
        """Whether all of these keys were seen."""
        return all(path in self for path in paths)

    def text(self, path: str) -> str:
        """Return the first value seen under a key if it is text, else nothing."""
        value = self.get(path)
        return value if isinstance(value, str) else ""


@lru_cache(maxsize=4)
def probe(head: bytes) -> Probe:
    """Return the keys and values in the beginning of a file; damage is stepped over."""
    seen = Probe()
    text = head.decode(errors="replace").replace("\0", " ").encode().removeprefix(BOM)
    start = re.search(rb"[\[{]", text)
    if start is None or text[: start.start()].count(b"\n") > 100:
        return seen
    position = start.start()
    for _ in range(ATTEMPTS):
        if not _breaks(text[position:], seen):
            break
        following = re.search(rb"\n[\[{]", text[position:])
        if following is None:
            break
        position += following.end() - 1
    return seen


def _breaks(text: bytes, seen: Probe) -> bool:
    """Add what a parser reports, and return whether it met damage before the text ended."""
    try:
        for prefix, event, value in PARSE(BytesIO(text), multiple_values=True):
            if event == "map_key":
                path = f"{prefix}.{value}" if prefix else str(value)
                value = None  # noqa: PLW2901
            elif event in {"string", "number", "boolean"}:
                path = prefix
            else:
                continue
            for shape in _inside_item(path):
                if seen.get(shape) is None:
                    seen[shape] = value
    except ijson.IncompleteJSONError:
        return False
    except (ijson.JSONError, ValueError, ArithmeticError, RecursionError):
        return True
    return False


def _inside_item(path: str) -> list[str]:
    """Return the path as it is and as it is inside of an item."""
    first, _, rest = path.partition(".")
    if first == "item":
        return _inside_item(rest) if rest else [""]
    if first in CONTAINERS and rest.startswith("item"):
        return [path, *_inside_item(rest)]
    return [path]


def holds_nothing(head: bytes) -> bool:
    """Whether the beginning is a whole document and no more than an empty list or page."""
    try:
        value = orjson.loads(head.removeprefix(BOM))
    except orjson.JSONDecodeError:
        return False
    if isinstance(value, dict):
        page = cast("dict[str, object]", value)
        return [page[key] for key in CONTAINERS & page.keys()] == [[]]
    return value == []


def is_document(head: bytes) -> bool:
    """Whether a JSON file is one document rather than an object a line."""
    text = head.removeprefix(BOM).lstrip()
    first, newline, rest = text.partition(b"\n")
    following = [line for line in rest.split(b"\n") if line.strip()]
    pages = tuple(f"{name}.item" for name in CONTAINERS)
    is_list = text.startswith(b"[") or any(path.startswith(pages) for path in probe(head))
    if _is_whole(first):
        return is_list and not any(map(_is_whole, following))
    if not text.startswith(b"{"):
        return is_list and text.startswith(b"[")
    return is_list or (bool(newline) and not any(map(_is_whole, following)))


def _is_whole(line: bytes) -> bool:
    line = line.strip()
    if not line.startswith((b"{", b"[")):
        return False
    try:
        return isinstance(orjson.loads(line), dict | list)
    except orjson.JSONDecodeError:
        return False
