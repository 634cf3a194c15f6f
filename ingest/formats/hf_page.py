"""A saved page of Hugging Face's daily papers: HTML with the listed papers as JSON in it."""

import html
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from ingest.errors import UnreadableFile
from ingest.formats.hf_daily import HfDailyFormat
from ingest.formats.json_reader import read_document
from ingest.formats.lines import MAX_BYTES
from ingest.formats.opening import open_bytes
from ingest.formats.reading import read_some
from ingest.schema import Batch, ColumnMap

MARK: Final = b'data-target="DailyPapers"'
PROPS: Final = re.compile(rb'data-props="([^"]*)')
HTML: Final = re.compile(rb"<(!doctype html|html|head|body|div)\b", re.IGNORECASE)


class HfPageFormat:
    """`hf-page`: known by HTML that comes from HF's pages of papers."""

    name = "hf-page"

    def detects(self, head: bytes, path: Path) -> bool:
        """The papers stand far behind the beginning, so its other marks have to do."""
        del path
        return HTML.search(head[:2048]) is not None and (
            MARK in head or b"Daily Papers - Hugging Face" in head
        )

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read the papers out of the page; one that cannot be used is a reject."""
        del columns
        with open_bytes(path) as file:
            page, broken = read_some(file, MAX_BYTES)
        start = page.find(MARK)
        props = PROPS.search(page, start) if start >= 0 else None
        if props is None:
            raise UnreadableFile(path, broken or "the page holds no whole list of daily papers")
        document = html.unescape(props[1].decode(errors="surrogateescape"))
        daily = HfDailyFormat()
        content = BytesIO(document.encode(errors="surrogateescape"))
        yield from read_document(content, path, daily.record, daily.value)
