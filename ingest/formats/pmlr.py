"""Posts of the Proceedings of Machine Learning Research: one paper a file, as YAML at its top."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, cast

import yaml

from ingest.formats.dates import dated
from ingest.formats.elements import Fields
from ingest.formats.fields import WrongType
from ingest.formats.lines import BOM
from ingest.formats.opening import open_bytes
from ingest.formats.rows import Rows
from ingest.schema import Batch, ColumnMap

MAX_POST_BYTES: Final = 2**20
"""Posts have 2 to 6 kB."""

MAX_DEPTH: Final = 20
"""Posts have four levels."""

FENCE: Final = re.compile(rb"(?m)^---[ \t]*\r?$")
TITLE: Final = re.compile(rb"(?m)^title:")
ABSTRACT_OR_LAYOUT: Final = re.compile(rb"(?m)^(?:abstract:|layout: inproceedings)")


class PmlrFormat:
    """`pmlr`: known by a front matter with a title and an abstract."""

    name = "pmlr"

    def detects(self, head: bytes, path: Path) -> bool:
        """A fence on the first line, and the keys below it."""
        del path
        beginning = head.removeprefix(BOM)
        is_fenced = beginning.startswith((b"---\n", b"---\r\n"))
        return is_fenced and bool(TITLE.search(head) and ABSTRACT_OR_LAYOUT.search(head))

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read the one paper of the file."""
        del columns
        rows = Rows()
        with open_bytes(path) as file:
            post = file.read(MAX_POST_BYTES + 1)
        try:
            rows.add(1, _paper(_front_matter(post)), len(post))
        except WrongType as error:
            rows.reject(1, "wrong_type", str(error), post)
        except yaml.YAMLError as error:
            rows.reject(1, "malformed_yaml", _reason(error), post)
        except ValueError as error:
            rows.reject(1, "malformed_yaml", str(error), post)
        yield rows.batch()


def _check_events(text: bytes) -> None:
    """Refuse aliases, with which a short text stands for a huge one, and deep nesting."""
    depth = 0
    for event in cast("Iterator[object]", yaml.parse(text, yaml.CSafeLoader)):  # pyright: ignore[reportUnknownMemberType]
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("it has aliases, and those are never expanded")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ValueError(f"it is nested more than {MAX_DEPTH} deep")


def _front_matter(post: bytes) -> dict[str, Any]:
    if len(post) > MAX_POST_BYTES:
        raise ValueError(f"the post is longer than {MAX_POST_BYTES >> 20} MB")
    fences = [fence.end() for fence in FENCE.finditer(post)]
    if len(fences) < 2:
        raise ValueError("its front matter has no end (---)")
    text = post[fences[0] : fences[1]].rstrip(b"- \t\r\n")
    _check_events(text)
    values: object = yaml.load(text, yaml.CSafeLoader)  # it is a safe one
    if not isinstance(values, dict):
        raise ValueError("its front matter is no mapping of names to values")
    return cast("dict[str, Any]", values)


def _paper(post: dict[str, Any]) -> Fields:
    volume, name = post.get("volume"), post.get("id")
    return {
        "source_paper_id": f"v{volume}/{name}" if volume and name else name,
        "title": post.get("title"),
        "abstract": post.get("abstract"),
        "authors": _names(post.get("author")),
        **dated(_date(post), "proceedings"),
        "venue": post.get("container-title") or post.get("booktitle"),
        "url": post.get("url") or post.get("pdf"),
        "doi": post.get("doi"),
        "openreview_id": post.get("openreview"),
    }


def _names(authors: object) -> object:
    """Return the names in a list of given and family names; anything else as it is."""
    if not isinstance(authors, list):
        return authors
    names: list[str] = []
    for author in cast("list[Any]", authors):
        parts = cast("dict[str, Any]", author) if isinstance(author, dict) else {"family": author}
        spoken = (parts.get(part) for part in ("given", "family", "suffix"))
        names.append(" ".join(str(part) for part in spoken if part))
    return names


def _date(post: dict[str, Any]) -> str | None:
    day, year = post.get("date"), post.get("year")
    return day.isoformat() if isinstance(day, date) else day or (str(year) if year else None)


def _reason(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"{error.problem} (line {error.problem_mark.line + 1})"
    return str(error).split("\n", 1)[0]
