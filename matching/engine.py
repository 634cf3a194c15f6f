"""From texts to mentions: one scan, then borders, case, cues, longest match, offsets."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.arrow import ArrowArray, Positions, joined_texts, mention_lists, slices
from matching.borders import (
    EVENT_AFTER,
    EVENT_BEFORE,
    SHARED_TASK,
    SIZE_OR_VARIANT,
    YEAR_AT_END,
    inside_longer_name,
    whole_words,
)
from matching.folding import FOLD
from matching.sentences import sentences_around
from matching.spans import CharacterOffsets, longest_leftmost
from matching.versions import VERSION
from matching.vocabulary import URL_MARKS, Vocabulary

_URL_BACKWARDS: Final = re.compile(rb"[^ \t\n\r\"'<>(){}\[\]]*")
_URL_FORWARDS: Final = re.compile(rb"[^ \t\n\r\"'<>{}]*")
_SPACED: Final = bytes(32 if byte in b"\t\n\r\v\f" else byte for byte in range(256))
_SIZE_SEPARATOR: Final = np.isin(np.arange(256), [ord("-"), ord("_"), ord(" "), ord("'")])
_BEGINS_VERSION: Final = np.isin(np.arange(256), [*range(48, 58), ord("v"), ord("V")])
_ANY_BYTE: Final = 0
_HYPHEN: Final = 0x2D
_PLURAL: Final = 0x73

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The batch as bytes: row `i` is `text[starts[i]:ends[i]]`."""

    text: bytes
    folded: bytes
    data: NDArray[np.uint8]
    starts: Positions
    ends: Positions


@dataclass(frozen=True, slots=True)
class _Spans:
    """Spans under judgement; all arrays have one element a span."""

    rows: _Rows
    row: Positions
    entry: Positions
    starts: Positions
    ends: Positions
    is_variant: Mask

    def where(self, chosen: Mask | Positions) -> "_Spans":
        return _Spans(
            self.rows,
            self.row[chosen],
            self.entry[chosen],
            self.starts[chosen],
            self.ends[chosen],
            self.is_variant[chosen],
        )


def find_mentions(texts: ArrowArray, vocabulary: Vocabulary) -> ArrowArray:
    """Return, for each text, the list of its mentions in text order.

    Args:
        texts: n strings (any Arrow string type); a null has no mentions.
        vocabulary: what to look for.

    Returns:
        n lists of MENTION structs. Two mentions of one list overlap only where two
        entities share a spelling, and then their spans are equal.
    """
    rows = _rows(texts)
    spans = _scan(rows, vocabulary)
    spans = _in_right_case(spans, vocabulary)
    spans = _with_version_and_size(spans, vocabulary)
    spans = _not_inside_longer_names(spans)
    spans = _no_events(spans, vocabulary)
    spans = spans.where(longest_leftmost(spans.starts, spans.ends))
    return _to_arrow(spans, vocabulary)


def _rows(texts: ArrowArray) -> _Rows:
    text, offsets = joined_texts(texts)
    return _Rows(
        text=text,
        folded=text.translate(FOLD),
        data=np.frombuffer(text, dtype=np.uint8),
        starts=offsets[:-1],
        ends=offsets[1:],
    )


def _scan(rows: _Rows, vocabulary: Vocabulary) -> _Spans:
    """One overlapping pass: whole words within one row and outside web addresses."""
    pattern, starts, ends = vocabulary.scanner.find(rows.text, rows.starts)
    row = np.searchsorted(rows.ends, starts, side="right")
    in_row = ends <= rows.ends[row]
    pattern, starts, ends, row = pattern[in_row], starts[in_row], ends[in_row], row[in_row]

    is_mark = pattern < len(URL_MARKS)
    kept = ~is_mark & ~_inside_urls(rows, starts, starts[is_mark], row[is_mark])
    pattern, starts, ends, row = pattern[kept], starts[kept], ends[kept], row[kept]

    lows, highs = rows.starts[row], rows.ends[row]
    is_whole = whole_words(rows.data, starts, ends, lows, highs)
    plural = ~is_whole & (ends < highs)
    plural[plural] = rows.data[ends[plural]] == _PLURAL
    plural &= rows.data[np.maximum(ends - 1, 0)] != _PLURAL
    plural[plural] = whole_words(
        rows.data, starts[plural], ends[plural] + 1, lows[plural], highs[plural]
    )
    ends = ends + plural
    # "Qwen4": a version may be glued to its name
    glued = ~is_whole & ~plural & vocabulary.pattern_takes_version[pattern] & (ends < highs)
    glued[glued] = _BEGINS_VERSION[rows.data[ends[glued]]]
    kept = is_whole | plural | glued
    glued = glued[kept]
    pattern, starts, ends, row = pattern[kept], starts[kept], ends[kept], row[kept]

    counts = vocabulary.entry_starts[pattern + 1] - vocabulary.entry_starts[pattern]
    firsts = np.repeat(np.cumsum(counts) - counts, counts)
    within = np.arange(counts.sum(), dtype=np.int64) - firsts
    entry: Positions = np.repeat(vocabulary.entry_starts[pattern], counts) + within
    spans = _Spans(
        rows=rows,
        row=np.repeat(row, counts),
        entry=entry,
        starts=np.repeat(starts, counts),
        ends=np.repeat(ends, counts),
        is_variant=np.repeat(plural[kept], counts) | vocabulary.entry_is_variant[entry],
    )
    return _with_glued_version(spans, np.repeat(glued, counts), vocabulary)


def _with_glued_version(spans: _Spans, glued: Mask, vocabulary: Vocabulary) -> _Spans:
    """Let the spans that end inside a word reach to the end of a version, or drop them."""
    if not glued.any():
        return spans
    rows, ends, kept = spans.rows, spans.ends.copy(), ~glued
    lows, highs = rows.starts[spans.row], rows.ends[spans.row]
    for index in np.flatnonzero(glued & vocabulary.entry_takes_version[spans.entry]).tolist():
        kind = vocabulary.entry_types[int(spans.entry[index])]
        version = VERSION[kind].match(rows.folded, int(ends[index]), int(highs[index]))
        if version:
            ends[index] = version.end()
            kept[index] = True
    kept[kept] = whole_words(rows.data, spans.starts[kept], ends[kept], lows[kept], highs[kept])
    is_variant = spans.is_variant | glued
    return _Spans(rows, spans.row, spans.entry, spans.starts, ends, is_variant).where(kept)


def _inside_urls(rows: _Rows, starts: Positions, marks: Positions, mark_rows: Positions) -> Mask:
    """Return which positions lie in a run of characters that holds a web address mark."""
    if not marks.size:
        return np.zeros(starts.size, dtype=np.bool_)
    text = rows.text
    runs: list[tuple[int, int]] = []
    for mark, row in zip(marks.tolist(), mark_rows.tolist(), strict=True):
        if runs and mark < runs[-1][1]:
            continue
        low, high = int(rows.starts[row]), int(rows.ends[row])
        before = _URL_BACKWARDS.match(text[low:mark][::-1])
        after = _URL_FORWARDS.match(text, mark, high)
        if before and after:  # both match always, if only the empty run
            runs.append((mark - before.end(), after.end()))
    begins, ends = np.array(sorted(runs), dtype=np.int64).T
    reached = np.maximum.accumulate(ends)
    at = np.searchsorted(begins, starts, side="right") - 1
    return (at >= 0) & (starts < reached[np.maximum(at, 0)])


def _in_right_case(spans: _Spans, vocabulary: Vocabulary) -> _Spans:
    """Drop what a case-sensitive alias spells otherwise; a line break counts as a space."""
    text, exact = spans.rows.text, vocabulary.entry_exact
    first = vocabulary.entry_first_byte[spans.entry]
    is_right = first == _ANY_BYTE
    asked = np.flatnonzero(~is_right & (spans.rows.data[spans.starts] == first))
    asked_entries: list[int] = spans.entry[asked].tolist()
    is_right[asked] = [
        text.startswith(exact[entry], start)
        or text[start : start + len(exact[entry])].translate(_SPACED) == exact[entry]
        for entry, start in zip(asked_entries, spans.starts[asked].tolist(), strict=True)
    ]
    return spans.where(is_right)


def _with_version_and_size(spans: _Spans, vocabulary: Vocabulary) -> _Spans:
    """Let a span take in a version that no list has, and a model's size and variant words."""
    rows = spans.rows
    highs = rows.ends[spans.row]
    is_model = vocabulary.entry_is_model[spans.entry]
    takes_version = vocabulary.entry_takes_version[spans.entry]
    followed = (is_model | takes_version) & (spans.ends < highs)
    followed[followed] = _SIZE_SEPARATOR[rows.data[spans.ends[followed]]]
    ends = spans.ends.copy()
    for index in np.flatnonzero(followed).tolist():
        end, high = int(ends[index]), int(highs[index])
        if takes_version[index]:
            kind = vocabulary.entry_types[int(spans.entry[index])]
            version = VERSION[kind].match(rows.folded, end, high)
            end = version.end() if version else end
        longer = SIZE_OR_VARIANT.match(rows.folded, end, high) if is_model[index] else None
        ends[index] = longer.end() if longer else end
    is_variant = spans.is_variant | (ends != spans.ends)
    return _Spans(rows, spans.row, spans.entry, spans.starts, ends, is_variant)


def _not_inside_longer_names(spans: _Spans) -> _Spans:
    rows = spans.rows
    lows, highs = rows.starts[spans.row], rows.ends[spans.row]
    beside_hyphen = (spans.starts > lows) & (rows.data[np.maximum(spans.starts - 1, 0)] == _HYPHEN)
    before_end = spans.ends < highs
    beside_hyphen[before_end] |= rows.data[spans.ends[before_end]] == _HYPHEN
    kept = np.ones(spans.entry.size, dtype=np.bool_)
    for index in np.flatnonzero(beside_hyphen).tolist():
        kept[index] = not inside_longer_name(
            rows.text,
            rows.folded,
            int(spans.starts[index]),
            int(spans.ends[index]),
            int(lows[index]),
            int(highs[index]),
        )
    return spans.where(kept)


def _no_events(spans: _Spans, vocabulary: Vocabulary) -> _Spans:
    """Drop names of yearly data sets that stand for the event: "the SemEval-2013 tasks"."""
    rows, kept = spans.rows, np.ones(spans.entry.size, dtype=np.bool_)
    for index in np.flatnonzero(vocabulary.entry_is_event[spans.entry]).tolist():
        start, end = int(spans.starts[index]), int(spans.ends[index])
        low, high = int(rows.starts[spans.row[index]]), int(rows.ends[spans.row[index]])
        is_held = YEAR_AT_END.search(rows.folded, start, end) and EVENT_BEFORE.search(
            rows.folded[max(low, start - 8) : start]
        )
        if is_held or EVENT_AFTER.match(rows.folded, end, high):
            kept[index] = bool(SHARED_TASK.match(rows.folded, end, high))
    return spans.where(kept)


def _to_arrow(spans: _Spans, vocabulary: Vocabulary) -> ArrowArray:
    rows = spans.rows
    sentence_begins, sentence_ends = sentences_around(
        rows.text, rows.folded, rows.starts, rows.ends, spans.row, spans.starts, spans.ends
    )
    adjacent, in_sentence = _cues(spans, sentence_begins, sentence_ends, vocabulary)
    offsets = CharacterOffsets(rows.data, rows.starts)
    columns = [
        vocabulary.entry_alias_ids[spans.entry],
        offsets.of(spans.starts, spans.row),
        offsets.of(spans.ends, spans.row),
        offsets.of(sentence_begins, spans.row),
        offsets.of(sentence_ends, spans.row),
        slices(rows.data, spans.starts, spans.ends),
        spans.is_variant,
        adjacent,
        in_sentence,
    ]
    list_offsets = np.searchsorted(spans.row, np.arange(rows.starts.size + 1)).astype(np.int32)
    return mention_lists(columns, list_offsets)


def _cues(
    spans: _Spans, sentence_begins: Positions, sentence_ends: Positions, vocabulary: Vocabulary
) -> tuple[Mask, Mask]:
    """Return which ambiguous spans have a cue of their type beside them, and in their sentence."""
    adjacent = np.zeros(spans.entry.size, dtype=np.bool_)
    in_sentence = np.zeros(spans.entry.size, dtype=np.bool_)
    folded = spans.rows.folded
    for index in np.flatnonzero(vocabulary.entry_needs_cue[spans.entry]).tolist():
        entity_type = vocabulary.entry_types[int(spans.entry[index])]
        before = folded[sentence_begins[index] : spans.starts[index]]
        after = folded[spans.ends[index] : sentence_ends[index]]
        follows = vocabulary.cues.get((entity_type, "adjacent_after"))
        precedes = vocabulary.cues.get((entity_type, "adjacent_before"))
        near = vocabulary.cues.get((entity_type, "sentence"))
        adjacent[index] = bool(
            (follows and follows.match(after)) or (precedes and precedes.search(before))
        )
        in_sentence[index] = bool(near and (near.search(before) or near.search(after)))
    return adjacent, in_sentence
