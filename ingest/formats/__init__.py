"""One module a format behind one protocol, and the choice between them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from ingest.errors import BrokenStream, EmptyFile, NoSuchFormat, UnknownFormat, UnreadableFile
from ingest.formats.acl_xml import AclXmlFormat
from ingest.formats.arxiv_archive import ArxivArchiveFormat
from ingest.formats.arxiv_atom import ArxivAtomFormat
from ingest.formats.arxiv_daily import ArxivDailyFormat
from ingest.formats.arxiv_kaggle import ArxivKaggleFormat
from ingest.formats.arxiv_oai import ArxivOaiFormat
from ingest.formats.bibtex import BibtexFormat
from ingest.formats.csl_json import CslJsonFormat
from ingest.formats.csv import CsvFormat
from ingest.formats.hf_daily import HfDailyFormat
from ingest.formats.hf_dump import HfDumpFormat
from ingest.formats.hf_page import HfPageFormat
from ingest.formats.hf_rss import HfRssFormat
from ingest.formats.hf_scraped import HfScrapedFormat
from ingest.formats.jsonl import JsonlFormat
from ingest.formats.listing import ListingFormat
from ingest.formats.ml_anthology import MlAnthologyFormat
from ingest.formats.openalex import OpenAlexFormat
from ingest.formats.opening import inner_name, open_bytes
from ingest.formats.openreview import OpenReviewFormat
from ingest.formats.papercopilot import PapercopilotFormat
from ingest.formats.parquet import ParquetFormat
from ingest.formats.pmlr import PmlrFormat
from ingest.formats.pwc import PwcFormat
from ingest.formats.reading import read_some
from ingest.formats.ris import RisFormat
from ingest.formats.semantic_scholar import SemanticScholarFormat
from ingest.schema import Batch, ColumnMap

HEAD_BYTES: Final = 1 << 16
BLANK: Final = b"\xef\xbb\xbf \t\r\n"


class Format(Protocol):
    """A file format: how to know it and how to read it."""

    @property
    def name(self) -> str:
        """What `--format` and the manifest call it."""
        ...

    def detects(self, head: bytes, path: Path) -> bool:
        """Whether a file with this beginning and this name is of the format.

        Raises:
            EmptyAnswer: it is, and it says itself that it holds no papers.
        """
        ...

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Yield the file's records in batches, so that memory does not grow with it.

        Raises:
            InputError: the file as a whole cannot be read; single bad records are
                rejects of their batch instead.
        """
        ...


FORMATS: Final[dict[str, Format]] = {
    chosen.name: chosen
    for chosen in (
        ParquetFormat(),
        ListingFormat(),
        ArxivAtomFormat(),
        ArxivOaiFormat(),
        HfRssFormat(),
        AclXmlFormat(),
        BibtexFormat(),
        RisFormat(),
        PmlrFormat(),
        HfPageFormat(),
        HfDumpFormat(),
        HfDailyFormat(),
        HfScrapedFormat(),
        ArxivKaggleFormat(),
        ArxivDailyFormat(),
        ArxivArchiveFormat(),
        OpenAlexFormat(),
        SemanticScholarFormat(),
        OpenReviewFormat(),
        PapercopilotFormat(),
        MlAnthologyFormat(),
        PwcFormat(),
        CslJsonFormat(),
        JsonlFormat(),
        CsvFormat(),
    )
}
"""By name, in the order in which they are tried."""


def choose_format(path: Path, name: str | None = None) -> Format:
    """Return the named format, or the one that recognises the file.

    Raises:
        FileMissing: no readable file at the path.
        EmptyFile: a file of nothing but white space.
        EmptyAnswer: a file that says itself that it holds no papers.
        UnreadableFile: text in an encoding other than UTF-8.
        NoSuchFormat: the name is not known.
        UnknownFormat: nothing recognised the file.
    """
    head = _head(path)
    if name is not None:
        if name not in FORMATS:
            raise NoSuchFormat(name, list(FORMATS))
        return FORMATS[name]
    plain_name = inner_name(path)
    for candidate in FORMATS.values():
        if candidate.detects(head, plain_name):
            return candidate
    raise UnknownFormat(path, list(FORMATS))


def _head(path: Path) -> bytes:
    """Return the beginning of a file, from its first line that is not blank on."""
    with open_bytes(path) as file:
        head, broken = read_some(file, HEAD_BYTES)
        while head and not head.strip(BLANK) and not broken:
            head, broken = read_some(file, HEAD_BYTES)
        if head[:1] in BLANK:
            head = head.lstrip(BLANK) + read_some(file, HEAD_BYTES)[0]
    if not head.strip(BLANK):
        raise BrokenStream(path, broken) if broken else EmptyFile(path)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(path, "the text is UTF-16; save it as UTF-8")
    return head
