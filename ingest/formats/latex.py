"""LaTeX in bibliographies as the text that it stands for; formulas stay as they are written."""

# ruff: noqa: RUF001  # letters that look alike are what this is about

import re
import unicodedata
from typing import Final

ACCENTS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
SYMBOLS: Final = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textendash": "–", "textemdash": "—",
    "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "textbar": "|",
    "textless": "<", "textgreater": ">", "textdollar": "$", "textunderscore": "_",
    "ldots": "…", "dots": "…", "textellipsis": "…", "LaTeX": "LaTeX", "TeX": "TeX", "S": "§",
    "copyright": "©", "texttrademark": "™", "textregistered": "®", "textdegree": "°",
}  # fmt: skip
STYLES: Final = (
    "text(?:it|bf|sc|tt|rm|sf|sl|up|md|normal)|emph|mbox|url|path|uppercase|protect"
    "|em|it|bf|sc|tt|rm|sf|sl|small|large|normalfont"
)
FORMULA: Final = re.compile(r"((?<!\\)\$[^$]*(?<!\\)\$|\\\(.*?\\\)|\\\[.*?\\\])", re.DOTALL)
ACCENT: Final = re.compile(
    r"""\\(?:(["'`^~=.])|([uvHckrdb])(?![A-Za-z]))\s*(?:\{\s*(\\?[A-Za-z])\s*\}|(\\?[A-Za-z]))"""
)
STYLE: Final = re.compile(rf"\\(?:{STYLES})(?![A-Za-z])\s*")
SYMBOL: Final = re.compile(rf"\\({'|'.join(SYMBOLS)})(?![A-Za-z])(?:\{{\}}|\s+)?")
ESCAPED: Final = re.compile(r"\\([&%$#_{} ])|[{}]")
TIE: Final = re.compile(r"(?<=\S)~(?=\S)")


def plain_latex(text: str) -> str:
    """Return text with accents, symbols and escapes decoded and without grouping braces.

    Formulas and commands that are not known stay as they are written: nothing is lost.
    """
    if not any(char in text for char in "\\{~"):
        return text
    parts = FORMULA.split(text)
    parts[::2] = [_plain(part) for part in parts[::2]]
    return "".join(parts)


def _plain(text: str) -> str:
    text = ACCENT.sub(_accented, text)
    text = SYMBOL.sub(lambda match: SYMBOLS[match[1]], STYLE.sub("", text))
    return ESCAPED.sub(lambda match: match[1] or "", TIE.sub(" ", text))


def _accented(match: re.Match[str]) -> str:
    letter = (match[3] or match[4]).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + ACCENTS[match[1] or match[2]])
