"""RIS: a tag and a value a line, from `TY` to `ER` a reference."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

import rispy

from ingest.formats.dates import dated
from ingest.formats.elements import Fields
from ingest.formats.lines import Line, decoded_lines
from ingest.formats.rows import Rows
from ingest.formats.window import MAX_RECORD_BYTES
from ingest.schema import Batch, ColumnMap

FIRST_TAG: Final = re.compile(rb"(?m)\A(?:\xef\xbb\xbf)?\s*TY {1,2}- ?")
DATE: Final = re.compile(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?(?:/.*)?/*")
LOADS: Final = cast("Callable[[str], list[dict[str, Any]]]", rispy.loads)  # pyright: ignore[reportUnknownMemberType]
IN_PROCEEDINGS: Final = {"JOUR", "JFULL", "CONF", "CPAPER", "CHAP", "MGZN", "EJOUR", "INPR"}


class RisFormat:
    """`ris`: known by the tag that begins a reference, or by its name."""

    name = "ris"

    def detects(self, head: bytes, path: Path) -> bool:
        """`TY  -` before anything else, or `.ris`."""
        return bool(FIRST_TAG.match(head)) or path.suffix.lower() == ".ris"

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read reference by reference."""
        del columns
        rows = Rows()
        for reference in _references(decoded_lines(path)):
            _add(rows, reference)
            if rows.is_full:
                yield rows.batch()
        yield rows.batch()


class _Reference(NamedTuple):
    line: int
    text: str
    rule: str = ""
    error: str = ""


def _references(lines: Iterable[Line]) -> Iterator[_Reference]:
    """Cut the lines into references; what stands outside of one is said."""
    taken: list[Line] = []
    size = 0
    for line in lines:
        begins = line.text.startswith("TY  -")
        if begins and taken:
            yield _reference(taken, "another reference begins before its end (ER)")
            taken, size = [], 0
        if not (begins or taken or line.text.strip() or line.error):
            continue
        taken.append(line)
        size += len(line.text)
        if line.text.startswith("ER  -"):
            yield _reference(taken, "")
            taken, size = [], 0
        elif size > MAX_RECORD_BYTES:
            yield _reference(taken[:1], f"it is longer than {MAX_RECORD_BYTES >> 20} MB")
            taken, size = [], 0
    if taken:
        yield _reference(taken, "the file ends before its end (ER)")


def _reference(lines: list[Line], error: str) -> _Reference:
    text = "\n".join(line.text for line in lines)
    broken = next((line for line in lines if line.error), None)
    if broken:
        return _Reference(
            lines[0].number, text, broken.rule, f"line {broken.number}: {broken.error}"
        )
    if not lines[0].text.startswith("TY  -"):
        error = "it stands outside of a reference (TY to ER)"
    return _Reference(lines[0].number, text, "malformed_ris" if error else "", error)


def _add(rows: Rows, reference: _Reference) -> None:
    raw = reference.text.encode(errors="replace")
    if reference.error:
        rows.reject(reference.line, reference.rule, reference.error, raw)
        return
    try:
        (parsed,) = LOADS(reference.text)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        detail = f"a line of it cannot be read ({type(error).__name__}: {error})"
        rows.reject(reference.line, "malformed_ris", detail, raw)
        return
    rows.add(reference.line, _paper(parsed), len(raw))


def _paper(found: dict[str, Any]) -> Fields:
    kind = "proceedings" if found.get("type_of_reference") in IN_PROCEEDINGS else None
    date = dated(_date(found), "proceedings")
    names = [*found.get("first_authors", []), *found.get("authors", [])]
    return {
        "title": _first(found, "title", "primary_title"),
        "abstract": _first(found, "abstract", "notes_abstract"),
        "authors": [_spoken(name) for name in names],
        **(date if kind else {"published": date["published"]}),
        "venue": _first(found, "secondary_title", "journal_name", "alternate_title3"),
        "url": next((url for url in found.get("urls", []) if url), None),
        "doi": _first(found, "doi"),
    }


def _first(found: dict[str, Any], *names: str) -> str | None:
    values = (found.get(name) for name in names)
    return next((value for value in values if isinstance(value, str) and value), None)


def _spoken(name: str) -> str:
    """Return `Last, First, Suffix` as it is spoken."""
    last, *others = (part.strip() for part in name.split(","))
    return " ".join(part for part in (*others[:1], last, *others[1:]) if part)


def _date(found: dict[str, Any]) -> str | None:
    """Return the finest of the dates that agree on the year; `2020/05//` has no day."""
    year = _first(found, "year", "publication_year")
    dates = [
        "-".join(f"{int(part):02d}" for part in match.groups() if part)
        for name in ("date", "publication_year", "year")
        if (match := DATE.fullmatch(_first(found, name) or ""))
    ]
    agreeing = [date for date in dates if not year or date[:4] == year[:4]]
    return max(agreeing, key=len, default=year)
