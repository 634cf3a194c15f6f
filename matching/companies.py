"""Name-shaped words with their company for a batch of texts, as Arrow lists."""

from functools import lru_cache
from typing import Any, Final

import numpy as np

from matching.arrow import ArrowArray, company_lists
from matching.company import Company, companies
from matching.links import without_links
from matching.phrases import type_of_name
from matching.texts import Batch
from matching.traits import Surroundings, shape

_MAX_TEXT: Final = 20_000
"""Characters; names are looked for in abstracts, not in whole papers."""


def find_companies(texts: ArrowArray) -> ArrowArray:
    """Return, for each text, its name-shaped words and what stands around each of them.

    Args:
        texts: n strings; a null counts as empty.

    Returns:
        n lists of COMPANY structs in text order, with offsets in code points.
    """
    strings = Batch.of(texts).strings
    found = [
        list(companies(without_links(string))) if len(string) <= _MAX_TEXT else []
        for string in strings
    ]
    flat = [(string, item) for string, items in zip(strings, found, strict=True) for item in items]
    sentences = [_sentence(string, item) for string, item in flat]
    traits = [
        around.traits(item.start, item.end)
        for around, items in zip(map(Surroundings, strings), found, strict=True)
        for item in items
    ]
    columns: list[Any] = [
        [item.start for _, item in flat],
        [item.end for _, item in flat],
        [start for start, _ in sentences],
        [end for _, end in sentences],
        [item.name for _, item in flat],
        [[*item.cues, *_ending(item.name)] for _, item in flat],
        [list(item.neighbours) for _, item in flat],
        [[*seen, *shape(item.name)] for seen, (_, item) in zip(traits, flat, strict=True)],
    ]
    lengths = np.cumsum([0, *(len(items) for items in found)], dtype=np.int32)
    return company_lists(columns, lengths)


@lru_cache(maxsize=20_000)
def _ending(name: str) -> tuple[str, ...]:
    kind = type_of_name(name)
    return (f"ending_{kind}",) if kind else ()


def _sentence(text: str, item: Company) -> tuple[int, int]:
    """Return the bounds of the sentence around a name, for a reader: by full stops alone."""
    start = text.rfind(". ", 0, item.start)
    end = text.find(". ", item.end)
    return (start + 2 if start >= 0 else 0), (end + 1 if end >= 0 else len(text))
