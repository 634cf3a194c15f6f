"""Evidence as people read it: the sentence first, the mention marked at its offsets."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import phrases
from dashboard.markup import Markup, element, joined, outward_link, text


def marked(sentence: str, start: int, end: int) -> Markup:
    """Return the escaped sentence with the characters from `start` to `end` marked.

    Offsets count code points. Stripped of its tags and unescaped, the result is the sentence.
    """
    if not 0 <= start < end <= len(sentence):
        message = f"offsets {start}..{end} do not lie in a sentence of {len(sentence)} characters"
        raise ValueError(message)
    return joined(
        [
            text(sentence[:start]),
            element("mark", text(sentence[start:end])),
            text(sentence[end:]),
        ]
    )


def evidence_list(mentions: pl.DataFrame) -> Markup:
    """Return one item a mention: sentence, then where it stands and how it was found."""
    items = (element("li", _item(row)) for row in mentions.iter_rows(named=True))
    return element("ul", joined(items), "pt-evidence")


def paper_title(title: str, url: str | None) -> Markup:
    """Return a paper's title, linked where the source gave a web address."""
    return element("cite", outward_link(url, text(title)))


def _item(row: Mapping[str, Any]) -> Markup:
    facts = [
        phrases.day(row["published_on"], row["published_precision"]),
        f"in the {row['section']}",
        f"found by {str(row['match_method']).replace('_', ' ')}",
        f"confidence {row['confidence']:.2f}",
    ]
    if row["is_introduced"]:
        facts.insert(2, "introduced here")
    source = joined([paper_title(row["title"], row["url"]), text(" · " + " · ".join(facts))])
    return joined(
        [
            element("p", marked(row["sentence"], row["mark_start"], row["mark_end"])),
            element("p", source, "pt-note"),
        ]
    )
