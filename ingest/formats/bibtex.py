"""BibTeX and BibLaTeX: entries cut out of the file and parsed one by one.

The parser takes a library whole and keeps it in memory; a brace that nobody closes may cost
it what follows. Given one entry at a time it needs no more memory for a large file.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from bibtexparser.middlewares.names import split_multiple_persons_names

from ingest.formats.bibtex_entries import BrokenEntry, parse_entry, parse_string
from ingest.formats.dates import dated, year_and_month
from ingest.formats.elements import Fields
from ingest.formats.latex import plain_latex
from ingest.formats.lines import BOM
from ingest.formats.opening import open_bytes
from ingest.formats.rows import Rows
from ingest.formats.window import MAX_RECORD_BYTES, Window
from ingest.schema import Batch, ColumnMap

START: Final = re.compile(rb"(?m)^[ \t]*@[ \t]*([A-Za-z]+)[ \t]*[{(]")
ENTRY_IN_HEAD: Final = re.compile(
    rb"(?mi)^[ \t]*@(?:article|book|booklet|collection|comment|conference|dataset|inbook"
    rb"|incollection|inproceedings|manual|mastersthesis|misc|online|phdthesis|preamble"
    rb"|proceedings|report|software|string|techreport|thesis|unpublished)[ \t]*[{(]"
)
NO_PAPERS: Final = {"proceedings", "mvproceedings", "periodical"}
ISO_DATE: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
ARXIV_ID: Final = re.compile(r"arxiv:\s*([a-z.-]+/\d{7}|\d{4}\.\d{4,5})(v\d+)?", re.IGNORECASE)
DBLP_ARXIV: Final = re.compile(r"abs/([a-z.-]+/\d{7}|\d{4}\.\d{4,5})", re.IGNORECASE)
PREPRINT_VENUE: Final = re.compile(r"\s*(?:arxiv|corr\b)", re.IGNORECASE)
TEXTS: Final = {"title", "abstract", "booktitle", "journal", "journaltitle"}


class BibtexFormat:
    """`bibtex`: known by an entry of a usual type at the beginning of a line, or by its name."""

    name = "bibtex"

    def detects(self, head: bytes, path: Path) -> bool:
        """A file that begins with an entry or with a comment before one, or `.bib`."""
        begins = head.removeprefix(BOM).lstrip()[:1] in {b"@", b"%"}
        return (begins and bool(ENTRY_IN_HEAD.search(head))) or path.suffix.lower() in {
            ".bib",
            ".bibtex",
        }

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read entry by entry; what stands between entries is a comment."""
        del columns
        rows = Rows()
        strings: dict[str, str] = {}
        with open_bytes(path) as file:
            for block in _blocks(Window(file)):
                _add(rows, block, strings)
                if rows.is_full:
                    yield rows.batch()
        yield rows.batch()


class _Block(NamedTuple):
    line: int
    kind: str
    raw: bytes
    error: str = ""


def _blocks(window: Window) -> Iterator[_Block]:
    """Yield what begins with an `@` at the beginning of a line and ends before the next."""
    mark = window.find(START, keep=True)
    while mark or window.is_full:
        if mark is None:  # a comment of many megabytes
            window.drop(len(window.text))
            mark = window.find(START, keep=True)
            continue
        window.drop(mark.start())
        line, kind = window.line, mark[1].decode().lower()
        mark = window.find(START, keep=True)
        raw = window.text[: mark.start()] if mark else window.text
        if mark is None and window.is_full:
            yield _Block(line, kind, raw, f"it is longer than {MAX_RECORD_BYTES >> 20} MB")
            window.drop(len(raw))
            mark = window.find(START, keep=True)
        else:
            yield _Block(line, kind, raw, "" if mark else window.damage)


def _add(rows: Rows, block: _Block, strings: dict[str, str]) -> None:
    if block.kind in {"comment", "preamble"}:
        return None
    if block.error:
        return rows.reject(block.line, "malformed_bibtex", block.error, block.raw)
    try:
        text = block.raw.decode()
    except UnicodeDecodeError as error:
        line = block.line + block.raw.count(b"\n", 0, error.start)
        detail = f"a byte of the entry, on line {line}, is not UTF-8"
        return rows.reject(block.line, "bad_encoding", detail, block.raw)
    try:
        if block.kind == "string":
            strings.update(parse_string(text, strings))
        elif block.kind in NO_PAPERS:
            detail = f"@{block.kind} is a whole volume, not a paper"
            rows.reject(block.line, "not_a_paper", detail, block.raw)
        else:
            for entry in parse_entry(text, strings):
                rows.add(block.line + entry.line, _paper(entry.fields), len(entry.raw))
    except BrokenEntry as error:
        rows.reject(block.line, "malformed_bibtex", str(error), block.raw)
    return None


def _paper(fields: Mapping[str, str]) -> Fields:
    texts = {name: plain_latex(value).strip() for name, value in fields.items() if name in TEXTS}
    venue = texts.get("booktitle") or texts.get("journal") or texts.get("journaltitle")
    arxiv_id = _arxiv_id(fields, venue or "")
    is_preprint = arxiv_id is not None and (not venue or bool(PREPRINT_VENUE.match(venue)))
    published, kind = _date(fields), "proceedings"
    return {
        "title": texts.get("title"),
        "abstract": texts.get("abstract"),
        "authors": _names(fields.get("author", "")),
        **({"published": published} if is_preprint else dated(published, kind)),
        "venue": venue,
        "url": _address(fields),
        "arxiv_id": arxiv_id,
        "doi": fields.get("doi", "").strip().replace("\\_", "_") or None,
    }


def _names(authors: str) -> list[str]:
    """Return names in the order in which they are spoken: `Last, First` becomes `First Last`."""
    names: list[str] = []
    for author in split_multiple_persons_names(authors):
        *last, first = author.split(",") if not author.startswith("{") else [author]
        name = plain_latex(" ".join([first, *last]) if last else first)
        if name.strip().lower() != "others":
            names.append(" ".join(name.split()))
    return names


def _date(fields: Mapping[str, str]) -> str | None:
    """Return the date as finely as it is stated: BibLaTeX has one field, BibTeX two."""
    date = fields.get("date", "").strip()
    if date and (ISO_DATE.fullmatch(date) or not fields.get("year")):
        return date
    return year_and_month(fields.get("year", "").strip() or None, fields.get("month"))


def _arxiv_id(fields: Mapping[str, str], venue: str) -> str | None:
    """Return an identifier from `eprint`, or from where citation tools write it."""
    archive = fields.get("archiveprefix") or fields.get("eprinttype") or ""
    eprint = fields.get("eprint", "").strip()
    if eprint and archive.strip().lower() == "arxiv":
        return eprint.lower().removeprefix("arxiv:")
    for name in ("journal", "eprint", "note", "howpublished"):
        if found := ARXIV_ID.search(fields.get(name, "")):
            return found[1] + (found[2] or "")
    if PREPRINT_VENUE.match(venue) and (found := DBLP_ARXIV.search(fields.get("volume", ""))):
        return found[1]
    return None


def _address(fields: Mapping[str, str]) -> str | None:
    url = fields.get("url", "").strip()
    return (plain_latex(url) if "\\" in url else url) or None
