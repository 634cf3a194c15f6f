"""The page as it leaves the server: the Overview's first numbers, before any script has run.

A browser needs a second or more to read Streamlit's program and to ask for a page. So the numbers
at the head of the Overview stand in the HTML already, and go when Streamlit shows the same.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

import duckdb
import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import bundle
from dashboard.corpus_card import headline
from dashboard.markup import Markup, element, inward_link, joined, text
from dashboard.pages import OVERVIEW_TITLE, PAGES
from dashboard.warehouse import UnavailableError, open_read_only, published_path
from queries import corpus
from queries.scope import NAMES

_HERE: Final = Path(__file__).resolve().parent
_OVERVIEW: Final = ("", "home", "overview")
_SHEET: Final = re.compile(r'<link rel="stylesheet"[^>]*>')
_NOT_PASSED: Final = (b"if-", b"accept-encoding")
_NOT_PAGES: Final = ("static", "_stcore", "media", "component", "healthz")


class FirstScreen:
    """Writes the first screen into Streamlit's page."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        below = _below(scope) if scope["type"] == "http" and scope["method"] == "GET" else "static"
        if below.split("/", 1)[0] in _NOT_PAGES or "range" in Headers(scope=scope):
            await self._app(scope, receive, send)
            return
        # The page depends on what is published, so it is never the one that the browser has; and
        # it has to come as text.
        headers = [pair for pair in scope["headers"] if not pair[0].startswith(_NOT_PASSED)]
        start: Message = {}
        parts: list[bytes] = []

        async def written(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            if not Headers(raw=start["headers"]).get("content-type", "").startswith("text/html"):
                if start.pop("type", None):
                    await send({"type": "http.response.start", **start})
                await send(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            is_overview = below in _OVERVIEW and not (set(NAMES) & set(_params(scope)))
            numbers = await run_in_threadpool(_numbers) if is_overview else None
            body = page(b"".join(parts).decode(), numbers).encode()
            sent = MutableHeaders(raw=start["headers"])
            sent["Content-Length"] = str(len(body))
            for gone in ("etag", "last-modified", "accept-ranges"):
                del sent[gone]
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self._app({**scope, "headers": headers}, receive, written)


def page(html: str, numbers: Markup | None) -> str:
    """Return Streamlit's page with the first screen, and with what is to be fetched soon."""
    preloads = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/{file}">'
        for file in bundle.needed_first()
        if file not in html
    )
    later = json.dumps([f"./static/{file}" for file in bundle.needed_later() if file not in html])
    script = (_HERE / "first_screen.js").read_text().replace("PT_LATER", later)
    first = _screen(numbers) if numbers else ""
    # A style sheet in the head would hold back what the first screen shows without it.
    sheets = "".join(_SHEET.findall(html))
    return (
        _SHEET.sub("", html)
        .replace("<title>Streamlit</title>", "<title>Papertally</title>", 1)
        .replace("</head>", f"{preloads}</head>", 1)
        .replace("<body>", f"<body>{first}<script>{script}</script>", 1)
        .replace("</body>", f"{sheets}</body>", 1)
    )


def _screen(numbers: Markup) -> str:
    style = (_HERE / "first_screen.css").read_text()
    ways = joined(
        inward_link("." if path == "overview" else path, text(title))
        for path, title in PAGES.items()
    )
    inner = joined(
        [
            element("nav", ways),
            element("h1", text(OVERVIEW_TITLE)),
            numbers,
            element("p", text("The rest of the page is on its way …")),
        ]
    )
    return f'<style>{style}</style><div id="pt-first">{inner}</div>'


def _numbers() -> Markup | None:
    """Return the numbers of the published file; None where none can be read."""
    try:
        return _headline(str(published_path()))
    except (UnavailableError, duckdb.Error, OSError):
        return None


@lru_cache(maxsize=2)
def _headline(path: str) -> Markup:
    with open_read_only(path) as con:
        return headline(corpus.summary(con))


def _below(scope: Scope) -> str:
    """Return the path below the one that the server may be set to."""
    base = st.get_option("server.baseUrlPath") or ""
    path: str = scope["path"].strip("/")
    return path.removeprefix(str(base).strip("/")).strip("/")


def _params(scope: Scope) -> dict[str, list[str]]:
    return parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
