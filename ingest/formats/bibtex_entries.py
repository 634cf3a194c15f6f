"""One BibTeX entry as a mapping of fields to text, without delimiters, strings put in."""

import logging
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from bibtexparser.library import Library
from bibtexparser.model import (
    DuplicateFieldKeyBlock,
    ParsingFailedBlock,
    String,
)
from bibtexparser.model import Entry as ParsedEntry
from bibtexparser.splitter import Splitter

logging.getLogger("bibtexparser.splitter").setLevel(logging.CRITICAL)  # it is said as a reject

NEXT_ENTRY: Final = re.compile(r"@[ \t]*[A-Za-z]+[ \t]*[{(]")
LOST_FIELD: Final = re.compile(r"[\s,}]*[A-Za-z][\w-]*\s*=\s*[{\"\w]")
PART: Final = re.compile(r"\s*#\s*")


class BrokenEntry(ValueError):
    """An entry that cannot be read; the message says why and on which line of it."""


class Entry(NamedTuple):
    """An entry; `line` is where it begins, counted from 0 at the beginning of its block."""

    line: int
    raw: str
    fields: dict[str, str]


def parse_entry(text: str, strings: Mapping[str, str]) -> list[Entry]:
    """Return the entry with which the text begins, and those behind it on the same line.

    Raises:
        BrokenEntry: its braces, quotes or commas are wrong, or a field has two values.
    """
    entries: list[Entry] = []
    start = 0
    while True:
        block = _first_block(text[start:])
        if not isinstance(block, ParsedEntry):
            raise BrokenEntry("no entry could be read from it")
        raw = block.raw or ""
        end = text.index(raw, start) + len(raw)
        if LOST_FIELD.match(text, end):
            raise BrokenEntry("a field stands behind its end: a brace too many")
        entries.append(Entry(text.count("\n", 0, start), raw, _fields(block, strings)))
        following = NEXT_ENTRY.search(text, end)
        if following is None:
            return entries
        start = following.start()


def parse_string(text: str, strings: Mapping[str, str]) -> dict[str, str]:
    """Return the name and value that an `@string` defines.

    Raises:
        BrokenEntry: it defines nothing.
    """
    block = _first_block(text)
    if not isinstance(block, String):
        raise BrokenEntry("no string could be read from it")
    return {block.key.lower(): _value(block.value, strings)}


def _first_block(text: str) -> object:
    library: Library = Splitter(text).split()
    first = next((block for block in library.blocks if block.raw is not None), None)
    if isinstance(first, DuplicateFieldKeyBlock):
        first = _without_repetitions(first)
    if isinstance(first, ParsingFailedBlock):
        raise BrokenEntry(str(getattr(first.error, "abort_reason", first.error)))
    return first


def _without_repetitions(block: DuplicateFieldKeyBlock) -> object:
    """Return the entry where a repeated field says the same again, or is none that matters."""
    entry = block.ignore_error_block
    if isinstance(entry, ParsedEntry):
        values: dict[str, set[str]] = {}
        for field in entry.fields:
            values.setdefault(field.key.lower(), set()).add(str(field.value))
        unclear = [name for name in sorted(USED_FIELDS & set(values)) if len(values[name]) > 1]
        if unclear:
            raise BrokenEntry(f"it has two values for {', '.join(unclear)}")
    return entry


def _fields(entry: ParsedEntry, strings: Mapping[str, str]) -> dict[str, str]:
    return {
        name: _value(str(field.value), strings)
        for field in entry.fields
        if (name := field.key.lower()) in USED_FIELDS
    }


def _value(raw: str, strings: Mapping[str, str]) -> str:
    """Return the text of `{...}`, `"..."`, a number or a string's name, or several with `#`."""
    if _is_enclosed(raw):
        return raw[1:-1]
    parts = PART.split(raw) if "#" in raw else [raw]
    return "".join(
        part[1:-1] if _is_enclosed(part) else strings.get(part.lower(), part) for part in parts
    )


def _is_enclosed(raw: str) -> bool:
    if len(raw) < 2 or raw[0] + raw[-1] not in {"{}", '""'}:
        return False
    return not ("#" in raw and re.search(r'[}"]\s*#\s*[\w{"]', raw))


USED_FIELDS: Final = frozenset(
    {
        "title",
        "abstract",
        "author",
        "booktitle",
        "journal",
        "journaltitle",
        "year",
        "month",
        "date",
        "url",
        "doi",
        "eprint",
        "eprinttype",
        "archiveprefix",
        "volume",
        "note",
        "howpublished",
    }
)
"""What becomes a part of a record; a repetition of any other field harms nothing."""
