"""Labelled papers: the texts, and the mentions that people marked in them."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from papertally.errors import UsageError

ENTITY_TYPES: Final = ("model", "dataset", "metric", "method")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One mention, labelled or found. Offsets as in fct_mentions."""

    paper: str
    section: str
    start_char: int
    end_char: int
    entity_type: str
    is_introduced: bool | None = None

    def key(self) -> tuple[str, str, int, int, str]:
        """What strict agreement compares: section, span and type of one paper."""
        return self.paper, self.section, self.start_char, self.end_char, self.entity_type

    def overlaps(self, other: "Span") -> bool:
        """Whether both stand in one section of one paper and share a character."""
        return (
            (self.paper, self.section) == (other.paper, other.section)
            and self.start_char < other.end_char
            and other.start_char < self.end_char
        )


@dataclass(frozen=True, slots=True)
class Labels:
    """A labelled set: texts by content hash, and the spans in them."""

    name: str
    sha256: str
    texts: dict[str, tuple[str, str]]
    spans: tuple[Span, ...]

    @property
    def entity_types(self) -> tuple[str, ...]:
        """The types that the set labels at all; the others cannot be scored on it."""
        present = {span.entity_type for span in self.spans}
        return tuple(name for name in ENTITY_TYPES if name in present)


def read_labels(path: Path) -> Labels:
    """Read a labelled set: JSON Lines with title, abstract and mentions.

    Raises:
        UsageError: the file is missing or a line does not have that shape.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}. --gold takes a file of labels.") from error
    texts: dict[str, tuple[str, str]] = {}
    spans: list[Span] = []
    for number, line in enumerate(content.decode(errors="replace").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            item = cast("dict[str, Any]", json.loads(line))
            title, abstract = str(item["title"]), str(item["abstract"] or "")
            paper = content_hash(title, abstract)
            texts[paper] = (title, abstract)
            spans.extend(
                Span(
                    paper,
                    mention["section"],
                    int(mention["start"]),
                    int(mention["end"]),
                    mention["type"],
                    mention.get("introduced"),
                )
                for mention in item["mentions"]
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"{path}, line {number}: not a labelled paper ({type(error).__name__}: {error}). "
                "A line needs title, abstract and mentions with section, start, end and type."
            ) from error
    if not texts:
        raise UsageError(f"{path}: no labelled paper in it.")
    return Labels(path.stem, hashlib.sha256(content).hexdigest(), texts, tuple(sorted(set(spans))))


def content_hash(title: str, abstract: str) -> str:
    """Return the content_hash that dim_papers gives to these texts."""
    return hashlib.md5(f"{title}\n{abstract}".encode(), usedforsecurity=False).hexdigest()
