"""Streamlit's own program for the browser, from memory and compressed.

A first page asks for a hundred of its files. From the disk, each through a thread, they take
longer than the page's numbers; and Streamlit leaves compressing to a proxy, which not everybody
has. They are read once, when somebody asks for the first time, and their names hold their hash.
"""

import gzip
import re
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER: Final = Path(st.__file__).parent / "static" / "static"
_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
_PATH: Final = re.compile(r"/static/((?:js|css|media)/[\w.~-]+)$")
_IMPORT: Final = re.compile(r'(?:from|import)"\./([\w.~-]+\.js)"')

# What the pages show first, besides what Streamlit's page names itself.
_FIRST: Final = ("Html", "PageLink", "TextInput", "Popover", "ButtonGroup")
# What charts are drawn with: half of all, and nothing on the first page waits for it.
_LATER: Final = ("ArrowVegaLiteChart", "embed")


class Bundle:
    """Answers for the files of the bundle; everything else goes on."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        found = _PATH.search(scope["path"]) if scope["type"] == "http" else None
        headers = Headers(scope=scope) if found else Headers()
        if found is None or scope["method"] != "GET" or "range" in headers:
            await self._app(scope, receive, send)
            return
        file = FOLDER / found[1]
        media_type = _TYPES.get(file.suffix)
        if media_type is None or file not in _files():
            await self._app(scope, receive, send)
            return
        is_packed = file.suffix != ".woff2" and "gzip" in headers.get("accept-encoding", "")
        sent = {"Cache-Control": "public, immutable, max-age=31536000", "Vary": "Accept-Encoding"}
        if is_packed:
            sent["Content-Encoding"] = "gzip"
        content = _packed(file) if is_packed else _read(file)
        await Response(content, media_type=media_type, headers=sent)(scope, receive, send)


@cache
def needed_first() -> list[str]:
    """Return the files that the first page needs, as paths below `static/`."""
    return _with_imports(_FIRST)


@cache
def needed_later() -> list[str]:
    """Return the files that draw charts."""
    return _with_imports(_LATER)


def _with_imports(names: tuple[str, ...]) -> list[str]:
    """Return the scripts of these names with all that they import; none where names changed."""
    scripts = {file.name: file for file in _files() if file.suffix == ".js"}
    wanted = [script for script in scripts if script.split(".", 1)[0] in names]
    for script in wanted:
        imported = _IMPORT.findall(_read(scripts[script]).decode())
        wanted += [name for name in imported if name in scripts and name not in wanted]
    return [f"js/{script}" for script in wanted]


@cache
def _files() -> frozenset[Path]:
    return frozenset(FOLDER.glob("*/*"))


@cache
def _read(file: Path) -> bytes:
    return file.read_bytes()


@cache
def _packed(file: Path) -> bytes:
    return gzip.compress(_read(file), 6, mtime=0)
