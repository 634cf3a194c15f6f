"""Where the names that a paper defines stand in its own texts, as Arrow lists."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.arrow import ArrowArray, Positions, occurrence_lists, string_lists
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

Place = tuple[int, int]
"""Where something begins and ends, in code points."""


class _Wanted(NamedTuple):
    """A spelling of a defined name, as it is looked for."""

    definition: Definition
    traits: tuple[str, ...]
    is_long_form: bool
    is_folded: bool
    text: str


def find_definitions(titles: ArrowArray, abstracts: ArrowArray) -> ArrowArray:
    """Return, for each paper, where the names that it defines itself stand.

    Args:
        titles: n strings; a null counts as empty.
        abstracts: n strings, likewise.

    Returns:
        n lists of OCCURRENCE structs, in text order. `entity_type` is null where the paper
        only abbreviates a name; occurrences of different names may overlap.
    """
    columns = _Columns()
    counts = [0]
    for sides in zip(Batch.parts(titles), Batch.parts(abstracts), strict=True):
        for row, texts in enumerate(zip(*(side.strings() for side in sides), strict=True)):
            if max(map(len, texts)) <= _MAX_TEXT:
                wanted = _wanted(*texts)
                for section, text in enumerate(texts):
                    for place, found in _occurrences(text, wanted):
                        columns.add(section, row, text, place, found)
            counts.append(len(columns.names))
        columns.add_sentences(sides)
    return occurrence_lists(columns.in_order(), np.array(counts, dtype=np.int32))


def _wanted(title: str, abstract: str) -> list[_Wanted]:
    """Return every spelling of every name that a paper defines."""
    wanted: list[_Wanted] = []
    for definition in definitions(title, abstract):
        traits = definition.traits
        for index, spelling in enumerate(definition.spellings):
            is_folded = " " in spelling or index > 0
            text = folded(spelling) if is_folded else spelling
            wanted.append(_Wanted(definition, traits, index > 0, is_folded, text))
    return wanted


def _occurrences(text: str, wanted: Sequence[_Wanted]) -> list[tuple[Place, _Wanted]]:
    """Return every whole-word occurrence of the spellings outside links, in text order.

    Long forms stand in any case, a hyphen standing for a space.
    """
    if not wanted:
        return []
    exact, in_one_case = without_links(text), ""
    places: dict[Place, _Wanted] = {}
    for one in wanted:
        if one.is_folded and not in_one_case:
            in_one_case = folded(exact)
        searched = in_one_case if one.is_folded else exact
        if one.text in searched:
            for place in _places(exact, searched, one.text):
                places.setdefault(place, one)
    return sorted(places.items())


def _places(text: str, searched: str, wanted: str) -> Iterator[Place]:
    """Yield where a text holds a spelling as a whole word, as `searched` spells the text."""
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


class _Columns:
    """The fields of OCCURRENCE, a list each, and the rows of the batch that is read."""

    def __init__(self) -> None:
        self.sections: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sentence_starts: list[int] = []
        self.sentence_ends: list[int] = []
        self.surfaces: list[str] = []
        self.names: list[str] = []
        self.types: list[str | None] = []
        self.rules: list[str] = []
        self.are_long_forms: list[bool] = []
        self.traits: list[tuple[str, ...]] = []
        self._rows: list[int] = []

    def add(self, section: int, row: int, text: str, place: Place, found: _Wanted) -> None:
        """Add an occurrence; its sentence comes with those of its batch."""
        start, end = place
        self.sections.append(section)
        self.starts.append(start)
        self.ends.append(end)
        self.surfaces.append(text[start:end])
        self.names.append(found.definition.name)
        self.types.append(found.definition.entity_type)
        self.rules.append(found.definition.rule)
        self.are_long_forms.append(found.is_long_form)
        self.traits.append(found.traits)
        self._rows.append(row)

    def add_sentences(self, sides: Sequence[Batch]) -> None:
        """Add the sentence around each occurrence that was added of this batch."""
        first = len(self.sentence_starts)
        sections = np.array(self.sections[first:])
        rows = np.array(self._rows, dtype=np.int64)
        starts, ends = np.array(self.starts[first:]), np.array(self.ends[first:])
        begins, finishes = np.zeros_like(rows), np.zeros_like(rows)
        for section, side in enumerate(sides):
            here = np.flatnonzero(sections == section)
            if here.size:
                found = _sentences(side, rows[here], starts[here], ends[here])
                begins[here], finishes[here] = found
        self.sentence_starts += begins.tolist()
        self.sentence_ends += finishes.tolist()
        self._rows.clear()

    def in_order(self) -> list[Any]:
        """Return them in the order of the fields."""
        return [
            [SECTIONS[section] for section in self.sections],
            self.starts,
            self.ends,
            self.sentence_starts,
            self.sentence_ends,
            self.surfaces,
            self.names,
            self.types,
            self.rules,
            self.are_long_forms,
            string_lists(self.traits),
        ]


def _sentences(
    batch: Batch, rows: Positions, starts: Positions, ends: Positions
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the sentence around each span, all in code points of the rows."""
    offsets = batch.characters
    begins, finishes = sentences_around(
        batch.text,
        batch.text.translate(FOLD),
        batch.starts,
        batch.ends,
        rows,
        offsets.bytes_of(starts, rows),
        offsets.bytes_of(ends, rows),
    )
    return offsets.of(begins, rows), offsets.of(finishes, rows)
