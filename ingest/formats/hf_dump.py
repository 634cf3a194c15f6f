"""A text dump of Hugging Face papers: blocks of title, PDF link and summary."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.formats.identifiers import day_in_name, identifiers_in
from ingest.formats.lines import BOM, Line, decoded_lines
from ingest.formats.rows import Rows
from ingest.schema import Batch, ColumnMap

BEGINNING: Final = re.compile(rb"\s*Title: [^\n]*\n\s*PDF: ")
LABELS: Final = ("Title: ", "PDF: ", "Summary: ")
END: Final = "---"
MAX_LINES: Final = 2_000
"""A block of more lines is not a paper."""


class HfDumpFormat:
    """`hf-dump`: known by a first block of title and PDF."""

    name = "hf-dump"

    def detects(self, head: bytes, path: Path) -> bool:
        """Known by content alone; the name does not matter."""
        del path
        return BEGINNING.match(head.removeprefix(BOM)) is not None

    def read(self, path: Path, columns: ColumnMap) -> Iterator[Batch]:
        """Read block by block; one without a summary, or with a damaged line, is a reject."""
        del columns
        listed = day_in_name(path)
        rows = Rows()
        for block in _blocks(path):
            _add(rows, block, listed)
            if rows.is_full:
                yield rows.batch()
        yield rows.batch()


def _blocks(path: Path) -> Iterator[list[Line]]:
    """Yield the lines of each block; a line with a title begins one even where no end was."""
    block: list[Line] = []
    for line in decoded_lines(path):
        is_end = line.text.strip() == END
        if block and (is_end or line.text.startswith(LABELS[0]) or len(block) == MAX_LINES):
            yield block
            block = []
        if not is_end and (block or line.text.strip() or line.error):
            block.append(line)
    if block:
        yield block


def _add(rows: Rows, block: list[Line], listed: str | None) -> None:
    number = block[0].number
    raw = "\n".join(line.text for line in block).encode()
    broken = next((line for line in block if line.error), None)
    if broken is not None:
        rows.reject(broken.number, broken.rule, broken.error, raw)
        return
    values = _values(block)
    missing = [label.strip() for label in LABELS if label not in values]
    if missing:
        rows.reject(number, "incomplete_block", f"the block has no {' and no '.join(missing)}", raw)
        return
    link = values["PDF: "].strip()
    record: dict[str, object] = {
        "title": values["Title: "],
        "abstract": values["Summary: "],
        "published": listed,
        "published_kind": "listed" if listed else None,
        "url": link,
        **identifiers_in(link),
    }
    rows.add(number, record, len(raw))


def _values(block: list[Line]) -> dict[str, str]:
    """Return the text behind each label; lines without a label go on with the one before."""
    values: dict[str, str] = {}
    label = ""
    for line in block:
        found = next((name for name in LABELS if line.text.startswith(name.rstrip())), "")
        if found and found not in values:
            label = found
            values[label] = line.text[len(found) :]
        elif label:
            values[label] += f"\n{line.text}"
    return {name: text.rstrip("\n") for name, text in values.items()}
