"""Web addresses and saved web pages, which hold no mentions."""

import re

from matching.texts import Words, as_text
from matching.vocabulary import URL_MARKS

_MARKS = (*URL_MARKS, ".github.io")
_ANY_MARK = Words(_MARKS)
_PAGE = re.compile(r"Total Citations?\d+Total Downloads?\d+")
"""What the page of a paper says between its buttons, where a source kept that for an abstract."""
_URL_MARK = re.compile("|".join(re.escape(mark) for mark in _MARKS))


def without_links(text: str) -> str:
    """Return the text with the characters of its links made blank, so that places stay.

    A saved page is no abstract, but buttons, names and addresses: nothing of it is left.
    """
    if "Total Citation" in text and _PAGE.search(text):
        return as_text(" " * len(text))
    if not _ANY_MARK.places(text):
        return text
    for mark in _URL_MARK.finditer(text):
        begin, end = mark.span()
        while begin and not text[begin - 1].isspace():
            begin -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        text = f"{text[:begin]}{' ' * (end - begin)}{text[end:]}"
    return as_text(text)
