"""Where the names that a paper defines stand in its own texts, as Arrow lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from matching.arrow import ArrowArray, Positions, occurrence_lists
from matching.borders import inside_longer_name
from matching.definitions import Definition, definitions
from matching.folding import FOLD
from matching.links import without_links
from matching.sentences import sentences_around
from matching.texts import Batch

SECTIONS: Final = ("title", "abstract")
_FOLDED: Final = FOLD.replace(b"-", b" ")
"""ASCII letters to lower case, white space and hyphens to spaces; no text gets longer."""
_MAX_TEXT: Final = 20_000
"""Characters; definitions are looked for in abstracts, not in whole papers."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place of a defined name; offsets are code points, 0-based, end-exclusive."""

    section: str
    start_char: int
    end_char: int
    name: str
    entity_type: str | None
    rule: str
    is_long_form: bool
    traits: tuple[str, ...]


def find_definitions(titles: ArrowArray, abstracts: ArrowArray) -> ArrowArray:
    """Return, for each paper, where the names that it defines itself stand.

    Args:
        titles: n strings; a null counts as empty.
        abstracts: n strings, likewise.

    Returns:
        n lists of OCCURRENCE structs, in text order. `entity_type` is null where the paper
        only abbreviates a name; occurrences of different names may overlap.
    """
    found: list[list[Occurrence]] = []
    sides = (_Side(titles), _Side(abstracts))
    for title, abstract in zip(sides[0].strings, sides[1].strings, strict=True):
        found.append(list(occurrences(title, abstract)))
    return _to_arrow(found, sides)


def occurrences(title: str, abstract: str) -> Iterator[Occurrence]:
    """Yield every whole-word occurrence of every name that the paper defines, outside links."""
    if len(title) > _MAX_TEXT or len(abstract) > _MAX_TEXT:
        return
    defined = [(definition, definition.traits) for definition in definitions(title, abstract)]
    for section, text in zip(SECTIONS, (title, abstract), strict=True):
        searched = _Searched(text)
        places: dict[tuple[int, int], Occurrence] = {}
        for definition, traits in defined:
            for index, spelling in enumerate(definition.spellings):
                is_long = " " in spelling or index > 0
                for start, end in searched.places(spelling, is_long=is_long):
                    places.setdefault(
                        (start, end), _occurrence(section, start, end, definition, index, traits)
                    )
        yield from (places[place] for place in sorted(places))


def _occurrence(
    section: str,
    start: int,
    end: int,
    definition: Definition,
    index: int,
    traits: tuple[str, ...],
) -> Occurrence:
    return Occurrence(
        section,
        start,
        end,
        definition.name,
        definition.entity_type,
        definition.rule,
        index > 0,
        traits,
    )


class _Searched:
    """A text as its spellings are looked for: without links, and in one case for long forms."""

    def __init__(self, text: str) -> None:
        self.exact = without_links(text)

    @cached_property
    def folded(self) -> str:
        return folded(self.exact)

    def places(self, spelling: str, *, is_long: bool) -> Iterator[tuple[int, int]]:
        """Yield the spans of a spelling: long forms in any case, a hyphen standing for a space."""
        text = self.exact
        searched = self.folded if is_long else text
        wanted = folded(spelling) if is_long else spelling
        start = searched.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            if text[end : end + 1] == "s" and not _is_word(text[end + 1 : end + 2]):
                end += 1
            if (
                not _is_word(text[start - 1 : start] if start else "")
                and not _is_word(text[end : end + 1])
                and text[end : end + 1] not in {"@", "+"}
                and not _is_inside_longer(text, start, end)
            ):
                yield start, end
            start = searched.find(wanted, start + 1)


def folded(text: str) -> str:
    """Return the text in lower case (ASCII), with spaces for white space and hyphens."""
    return text.encode().translate(_FOLDED).decode()


def _is_word(char: str) -> bool:
    return char.isalnum() or char in {"_", "\\", "@"}


def _is_inside_longer(text: str, start: int, end: int) -> bool:
    if "-" not in (text[start - 1 : start], text[end : end + 1]):
        return False
    low = max(0, start - 40)
    around = text[low : end + 40].encode()
    begin = len(text[low:start].encode())
    finish = begin + len(text[start:end].encode())
    return inside_longer_name(around, around.translate(FOLD), begin, finish, 0, len(around))


class _Side:
    """The titles or the abstracts of a batch, with their sentences."""

    def __init__(self, texts: ArrowArray) -> None:
        self.batch = Batch.of(texts)
        self.strings = self.batch.strings

    def sentences(self, rows: list[int], spans: list[tuple[int, int]]) -> "list[tuple[int, int]]":
        """Return the sentence around each span, both in code points of its row."""
        if not rows:
            return []
        starts, ends = self._bytes_of(rows, spans)
        row_array = np.array(rows, dtype=np.int64)
        batch = self.batch
        begins, finishes = sentences_around(
            batch.text,
            batch.text.translate(FOLD),
            batch.starts,
            batch.ends,
            row_array,
            starts,
            ends,
        )
        offsets = batch.characters
        pairs = zip(
            offsets.of(begins, row_array).tolist(),
            offsets.of(finishes, row_array).tolist(),
            strict=True,
        )
        return list(pairs)

    def _bytes_of(
        self, rows: list[int], spans: list[tuple[int, int]]
    ) -> tuple[Positions, Positions]:
        """Return where the spans, in code points of their rows, stand in the bytes of the batch."""
        places: list[tuple[int, int]] = []
        for row, (start, end) in zip(rows, spans, strict=True):
            string = self.strings[row]
            if not string.isascii():
                end = len(string[:end].encode())  # noqa: PLW2901
                start = len(string[:start].encode())  # noqa: PLW2901
            places.append((start, end))
        whole = self.batch.starts[np.array(rows, dtype=np.int64)][:, None] + np.array(places)
        return whole[:, 0], whole[:, 1]


def _to_arrow(found: list[list[Occurrence]], sides: tuple[_Side, _Side]) -> ArrowArray:
    flat = [(row, item) for row, items in enumerate(found) for item in items]
    sentences: list[tuple[int, int]] = [(0, 0)] * len(flat)
    for section, side in zip(SECTIONS, sides, strict=True):
        here = [at for at, (_, item) in enumerate(flat) if item.section == section]
        spans = [(flat[at][1].start_char, flat[at][1].end_char) for at in here]
        around = side.sentences([flat[at][0] for at in here], spans)
        for at, sentence in zip(here, around, strict=True):
            sentences[at] = sentence
    columns: list[Any] = [
        [item.section for _, item in flat],
        [item.start_char for _, item in flat],
        [item.end_char for _, item in flat],
        [start for start, _ in sentences],
        [end for _, end in sentences],
        [
            sides[SECTIONS.index(item.section)].strings[row][item.start_char : item.end_char]
            for row, item in flat
        ],
        [item.name for _, item in flat],
        [item.entity_type for _, item in flat],
        [item.rule for _, item in flat],
        [item.is_long_form for _, item in flat],
        [list(item.traits) for _, item in flat],
    ]
    lengths = np.cumsum([0, *(len(items) for items in found)], dtype=np.int32)
    return occurrence_lists(columns, lengths)
