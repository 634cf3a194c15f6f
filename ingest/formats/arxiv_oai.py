"""Records of arXiv as its OAI-PMH interface lists them, in the form `arXivRaw` or `arXiv`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.errors import EmptyAnswer
from ingest.formats.dates import dated
from ingest.formats.elements import (
    Element,
    Fields,
    Found,
    NotAPaper,
    read_elements,
    text_of,
)
from ingest.formats.identifiers import iso_time
from ingest.formats.latex import plain_latex
from ingest.schema import Batch, ColumnMap

ROOT: Final = re.compile(rb"<(?:\w+:)?OAI-PMH\b")
NO_RECORDS: Final = re.compile(rb"<error\b[^>]*noRecordsMatch")
IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
BETWEEN_NAMES: Final = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")


class ArxivOaiFormat:
    """`arxiv-oai`: an OAI-PMH document with records of arXiv."""

    name = "arxiv-oai"

    def detects(self, head: bytes, path: Path) -> bool:
        """Known by its root; an answer without records is an error of that name."""
        if not ROOT.search(head):
            return False
        if NO_RECORDS.search(head):
            raise EmptyAnswer(path)
        return True

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read record by record; the token for the next page is of no use here."""
        del columns
        return read_elements(path, {"record", "error"}, _paper)


def _paper(found: Found) -> Fields:
    record = found.whole
    if found.name == "error":
        raise NotAPaper("source_error", f"the interface answers: {record.get('code')}")
    header = next(record.iterchildren("{*}header"), None)
    if header is not None and header.get("status") == "deleted":
        raise NotAPaper("deleted_record", "the archive has deleted this record")
    raw = next(record.iter("{*}arXivRaw"), None)
    plain = next(record.iter("{*}arXiv"), None)
    if raw is not None:
        return _common(raw) | _raw_dates(raw) | {"authors": _names(text_of(raw, "authors"))}
    if plain is not None:
        return {
            **_common(plain),
            **dated(text_of(plain, "created"), "submitted"),
            "updated": text_of(plain, "updated"),
            "authors": [_name(author) for author in plain.iter("{*}author")],
        }
    raise NotAPaper("unknown_metadata", "no arXivRaw or arXiv in it; ask with one of them")


def _common(metadata: Element) -> dict[str, object]:
    arxiv_id = text_of(metadata, "id")
    return {
        "source_paper_id": arxiv_id,
        "title": text_of(metadata, "title"),
        "abstract": text_of(metadata, "abstract"),
        "venue": text_of(metadata, "journal-ref"),
        "url": f"https://arxiv.org/abs/{arxiv_id}" if arxiv_id else None,
        "arxiv_id": arxiv_id,
        "doi": text_of(metadata, "doi"),
    }


def _raw_dates(metadata: Element) -> dict[str, object]:
    """Return the dates of version 1 and of the newest; never the day the record changed."""
    versions = {
        version.get("version"): text_of(version, "date")
        for version in metadata.iterchildren("{*}version")
    }
    last = list(versions.values())[-1] if len(versions) > 1 else None
    return {**dated(iso_time(versions.get("v1")), "submitted"), "updated": iso_time(last)}


def _names(text: str | None) -> list[str]:
    """Split `A. Bee (CERN), C. Dee and E. Eff`, where affiliations stand in brackets."""
    if text is None:
        return []
    while text != (shorter := IN_BRACKETS.sub("", text)):
        text = shorter
    names = (plain_latex(name).strip() for name in BETWEEN_NAMES.split(" ".join(text.split())))
    return [name for name in names if name]


def _name(author: Element) -> str:
    parts = (text_of(author, part) for part in ("forenames", "keyname", "suffix"))
    return " ".join(part for part in parts if part)
