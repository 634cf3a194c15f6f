"""Characters that a terminal obeys instead of showing, made visible.

Titles, names and file names come from anywhere. An escape sequence in one could clear the screen,
rename the window or forge a line, and a bidi control could turn around what stands beside it.
"""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.text import Text

# C0 and C1 controls, bidi controls, invisible characters, half surrogates. The joiners U+200C
# and U+200D stay: scripts and emoji need them.
_OBEYED: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff"
)
_IN_TEXT: Final = re.compile(f"[{_OBEYED}]")
_IN_LINE: Final = re.compile(f"[{_OBEYED}\t\n]")
_IN_JSON: Final = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)

FORMULA_STARTS: Final = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""Signs, and their full-width forms, after which a spreadsheet may run what a cell holds."""


def visible(text: str) -> str:
    r"""Return a text with such characters as \xNN or \uNNNN; its lines and tabs stay."""
    return _IN_TEXT.sub(_escaped, text)


def in_line(text: object) -> str:
    """Return the value as a text of one line, which can neither break nor forge one."""
    return _IN_LINE.sub(_escaped, str(text))


def in_json(text: str) -> str:
    r"""Return JSON with such characters as \uNNNN: the values are the same."""
    return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def cell(text: object) -> "Text":
    """Return the value for a cell of a table: never markup, never obeyed."""
    from rich.text import Text

    return Text(in_line(text))


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return {9: "\\t", 10: "\\n", 13: "\\r"}.get(
        code, f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
    )
