"""Web addresses, which hold no mentions."""

import re

from matching.vocabulary import URL_MARKS

_URL_MARK = re.compile("|".join(re.escape(mark) for mark in (*URL_MARKS, ".github.io")))


def without_links(text: str) -> str:
    """Return the text with the characters of its links made blank, so that places stay."""
    if not _URL_MARK.search(text):
        return text
    return re.sub(
        r"\S+",
        lambda run: " " * len(run.group()) if _URL_MARK.search(run.group()) else run.group(),
        text,
    )
