"""Web addresses, which hold no mentions."""

import re

from matching.texts import Words, as_text
from matching.vocabulary import URL_MARKS

_MARKS = (*URL_MARKS, ".github.io")
_ANY_MARK = Words(_MARKS)
_URL_MARK = re.compile("|".join(re.escape(mark) for mark in _MARKS))


def without_links(text: str) -> str:
    """Return the text with the characters of its links made blank, so that places stay."""
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
