"""XML of the ACL Anthology: collections of volumes of papers."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.formats.dates import dated, year_and_month
from ingest.formats.elements import (
    Element,
    Fields,
    Found,
    add_found,
    find_elements,
    text_of,
)
from ingest.formats.rows import Rows
from ingest.schema import Batch, ColumnMap

ROOT: Final = re.compile(rb"<collection\s[^>]*\bid\s*=")
HOME: Final = "https://aclanthology.org/"


class AclXmlFormat:
    """`acl-xml`: a collection of the Anthology."""

    name = "acl-xml"

    def detects(self, head: bytes, path: Path) -> bool:
        """Known by its root and a volume in it."""
        del path
        return bool(ROOT.search(head)) and b"<volume" in head

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read paper by paper; what is common to a volume stands before its papers."""
        del columns
        rows = Rows()
        place = _Place()
        for found in find_elements(path, {"meta", "paper"}, {"collection", "volume"}):
            if found.name == "paper" or found.element is None:
                add_found(rows, found, place.paper)
            else:
                place.enter(found.name, found.element)
            if rows.is_full:
                yield rows.batch()
        yield rows.batch()


class _Place:
    """Where in the Anthology the reader is: collection, volume, and what they say."""

    def __init__(self) -> None:
        self._collection = self._volume = ""
        self._venue: str | None = None
        self._published: str | None = None

    def enter(self, name: str, element: Element) -> None:
        """Take in the start tag of a collection or volume, or the facts of a volume."""
        if name == "collection":
            self._collection = element.get("id", "")
        elif name == "volume":
            self._volume = element.get("id", "")
            self._venue = self._published = None
        else:
            self._venue = _first_text(element, "journal-title", "booktitle")
            self._published = year_and_month(text_of(element, "year"), text_of(element, "month"))

    def paper(self, found: Found) -> Fields:
        """Return a paper's fields."""
        paper = found.whole
        acl_id = anthology_id(self._collection, self._volume, paper.get("id", ""))
        address = text_of(paper, "url") or acl_id
        return {
            "source_paper_id": acl_id,
            "title": _first_text(paper, "title"),
            "abstract": _first_text(paper, "abstract"),
            "authors": [_name(author) for author in paper.iterchildren("{*}author")],
            **dated(self._published, "proceedings"),
            "venue": self._venue,
            "url": address if "://" in address else f"{HOME}{acl_id}",
            "doi": text_of(paper, "doi"),
            "acl_id": acl_id,
        }


def anthology_id(collection: str, volume: str, paper: str) -> str:
    """Return `2024.acl-long.1`, or `P18-1001` for the collections of before 2020.

    In the old form volume and paper share four digits: one and three, but two and two for
    workshops (W), C69 and the workshops of D19.
    """
    if len(collection) != 3 or not (volume.isdecimal() and paper.isdecimal()):
        return f"{collection}-{volume}.{paper}"
    is_workshop = (
        collection[0] == "W" or collection == "C69" or (collection == "D19" and int(volume) >= 5)
    )
    digits = f"{int(volume):02d}{int(paper):02d}" if is_workshop else f"{volume}{int(paper):03d}"
    return f"{collection}-{digits}"


def _first_text(element: Element, *names: str) -> str | None:
    children = (next(element.iterchildren("{*}" + name), None) for name in names)
    child = next((child for child in children if child is not None), None)
    return _inline(child).strip() or None if child is not None else None


def _inline(element: Element) -> str:
    """Return text without its markup; formulas are put between dollar signs."""
    text = element.text or ""
    for child in element:
        text += f"${_inline(child)}$" if child.tag == "tex-math" else _inline(child)
        text += child.tail or ""
    return text


def _name(author: Element) -> str:
    return " ".join(name for part in ("first", "last") if (name := text_of(author, part)))
