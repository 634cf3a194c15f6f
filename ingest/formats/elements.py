"""Elements of a large XML document, cut out of it and parsed one by one.

A parser of the whole document stops at the first fault, or mends it without a word. Here each
record is found by its tags and parsed by itself, so a broken one is a reject, its neighbours
are not touched, and memory holds one record at a time. Nothing is ever loaded or expanded: the
parser resolves no entities, has no network and keeps its limits on depth and length, and a
document that declares entities of its own is refused.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias, cast

from lxml import etree

from ingest.errors import UnreadableFile
from ingest.formats.opening import open_bytes
from ingest.formats.rows import Rows
from ingest.formats.window import MAX_RECORD_BYTES, Window
from ingest.schema import Batch

Element: TypeAlias = etree._Element  # pyright: ignore[reportPrivateUsage]  # its only name
Fields: TypeAlias = Mapping[str, object]

PROLOG: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
NAMESPACE: Final = re.compile(rb"""\sxmlns:([\w.-]+)\s*=\s*("[^"<>]*"|'[^'<>]*')""")
ROOT: Final = re.compile(rb"<(?:[\w.-]+:)?(\w[\w.-]*)")
COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
SKIPPED: Final = {b"<!--": re.compile(rb"-->"), b"<![CDATA[": re.compile(rb"\]\]>")}
DECLARED: Final = re.compile(rb"[\[>]")


class Found(NamedTuple):
    """A record or the start tag of a container, parsed; or what could not be, and why."""

    name: str
    line: int
    raw: bytes
    element: Element | None = None
    error: str = ""

    @property
    def whole(self) -> Element:
        """The element, where there is one."""
        if self.element is None:
            raise ValueError(self.error)
        return self.element


def find_elements(
    path: Path, records: Collection[str], containers: Collection[str] = ()
) -> Iterator[Found]:
    """Yield records, whole, and containers, by their start tags, in the order of the file.

    Args:
        path: the document.
        records: names, without prefix, of elements that do not contain each other.
        containers: names of elements around them whose attributes matter.

    Raises:
        UnreadableFile: it declares entities, or an encoding that nobody knows.
    """
    with open_bytes(path) as file:
        yield from _Cutter(path, Window(file), frozenset(records), containers).found()


class NotAPaper(ValueError):
    """A whole element that cannot become a record, with the rule that it breaks."""

    def __init__(self, rule: str, detail: str) -> None:
        super().__init__(detail)
        self.rule = rule


class _Cutter:
    def __init__(
        self, path: Path, window: Window, records: frozenset[str], containers: Collection[str]
    ) -> None:
        self._path = path
        self._window = window
        self._records = records
        self._containers = frozenset(containers)
        self._begun = ""
        self._is_lost = False
        self._is_closed = False
        root = ROOT.search(COMMENT.sub(b"", window.text))
        self._root = root[1].decode() if root else ""
        names = "|".join(
            map(re.escape, sorted({*records, *containers, self._root} - {""}))
        ).encode()
        self._marks = re.compile(
            rb"(?P<skipped><!--|<!\[CDATA\[|<!DOCTYPE)"
            rb"|<(?P<end>/)?(?:[\w.-]+:)?(?P<name>%s)(?:\s[^<>]*?)?(?P<empty>/)?>" % names
        )
        inside = "|".join(sorted(records)).encode()
        before = re.split(rb"<(?:[\w.-]+:)?(?:%s)[\s>/]" % inside, window.text, maxsplit=1)[0]
        prolog = PROLOG.match(before)
        self._parser = _Parser(path, prolog[1] if prolog else b"utf-8", NAMESPACE.findall(before))

    def found(self) -> Iterator[Found]:
        """Yield what is in the document, and in the end what is missing from it."""
        window = self._window
        while True:
            mark = window.find(self._marks, keep=bool(self._begun))
            if mark is None and self._begun and window.is_full:
                yield self._lost(f"it is longer than {MAX_RECORD_BYTES >> 20} MB", window.at)
                self._is_lost = True
            elif mark is None:
                break
            elif mark["skipped"]:
                self._skip(mark["skipped"])
            elif mark["end"]:
                yield from self._end(mark)
            else:
                yield from self._start(mark)
        if self._begun:
            yield self._lost(window.damage or "the document ends within it", len(window.text))
        elif window.damage or not self._is_closed:
            end = window.damage or "the document ends before it is complete"
            yield self._lost(end, len(window.text))

    def _start(self, mark: re.Match[bytes]) -> Iterator[Found]:
        name = mark["name"].decode()
        if self._begun:
            yield self._lost(f"<{name}> begins within it", mark.start())
        else:
            self._window.drop(mark.start())
        self._is_lost = False
        if name == self._root and not {name} & (self._records | self._containers):
            self._is_closed = bool(mark["empty"])
        elif mark["empty"] or name not in self._records:
            tag = mark[0] if mark["empty"] else mark[0][:-1] + b"/>"
            yield self._parser.parse(name, self._window.line, tag)
            self._window.drop(len(mark[0]))
        else:
            self._begun = name

    def _end(self, mark: re.Match[bytes]) -> Iterator[Found]:
        name = mark["name"].decode()
        self._is_closed = self._is_closed or name == self._root
        if name not in self._records:
            return
        if self._begun == name:
            self._begun = ""
            yield self._parser.parse(name, self._window.line, self._window.text[: mark.end()])
            self._window.drop(mark.end())
        elif not self._is_lost:
            yield self._lost(f"</{name}> ends what has not begun", mark.end())

    def _lost(self, error: str, count: int) -> Found:
        """Give up the text up to here."""
        lost = Found(self._begun, self._window.line, self._window.text[:count], error=error)
        self._begun = ""
        self._window.drop(count)
        return lost

    def _skip(self, mark: bytes) -> None:
        """Go on behind a comment or CDATA; stop at a declaration of entities."""
        if mark in SKIPPED:
            if not self._window.find(SKIPPED[mark], keep=bool(self._begun)):
                self._window.at = len(self._window.text)
            return
        end = self._window.find(DECLARED, keep=False)
        if end is None or end[0] == b"[":
            raise UnreadableFile(
                self._path, "it declares entities of its own, and those are never expanded"
            )


class _Parser:
    """Parses one element with the names that the document around it declares."""

    def __init__(self, path: Path, encoding: bytes, namespaces: list[tuple[bytes, bytes]]) -> None:
        declared = b"".join(b" xmlns:%s=%s" % pair for pair in dict(namespaces).items())
        self._before = b"<papertally" + declared + b">"
        self._encoding = encoding.decode()
        try:
            self._parser = etree.XMLParser(
                encoding=self._encoding,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                recover=False,
                remove_comments=True,
                remove_pis=True,
            )
        except LookupError as error:
            reason = f"it declares the encoding {self._encoding}, which is not known"
            raise UnreadableFile(path, reason) from error

    def parse(self, name: str, line: int, raw: bytes) -> Found:
        try:
            wrapped = etree.fromstring(self._before + raw + b"</papertally>", self._parser)
        except etree.XMLSyntaxError as error:
            row, column = error.position
            column -= len(self._before) if row == 1 else 0
            reason = error.msg.split("\n")[0].split(", line")[0]
            where = f"line {line + row - 1}, column {column}"
            return Found(name, line, raw, error=f"{reason} ({where})")
        return Found(name, line, raw, wrapped[0])


def text_of(element: Element, name: str) -> str | None:
    """Return the text of the first child of that name, without the white space around it."""
    child = next(element.iterchildren("{*}" + name), None)
    return plain_text(child) if child is not None else None


def texts_of(element: Element, name: str) -> list[str]:
    """Return the texts of all children of that name that have one."""
    return [text for child in element.iterchildren("{*}" + name) if (text := plain_text(child))]


def plain_text(element: Element) -> str | None:
    """Return the text in an element and below it; null where there is none."""
    return "".join(cast("Iterator[str]", element.itertext())).strip() or None


def read_elements(
    path: Path, records: Collection[str], fields_of: Callable[[Found], Fields | None]
) -> Iterator[Batch]:
    """Yield batches of a document whose records stand alone.

    Args:
        path: the document.
        records: names of the elements that are records.
        fields_of: what a whole element says of our fields; None where it is no paper. It
            raises `NotAPaper` for what has to be listed.
    """
    rows = Rows()
    for found in find_elements(path, records):
        add_found(rows, found, fields_of)
        if rows.is_full:
            yield rows.batch()
    yield rows.batch()


def add_found(rows: Rows, found: Found, fields_of: Callable[[Found], Fields | None]) -> None:
    """Add what was found to the records or to the rejects."""
    if found.element is None:
        rows.reject(found.line, "malformed_xml", found.error, found.raw)
        return
    try:
        fields = fields_of(found)
    except NotAPaper as error:
        rows.reject(found.line, error.rule, str(error), found.raw)
        return
    if fields is not None:
        rows.add(found.line, fields, len(found.raw))
