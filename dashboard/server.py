"""The server: the pages, `/healthz`, and headers that keep a browser on this machine.

`streamlit run dashboard/server.py`, which is what `papertally dashboard` does.
"""

import importlib
import sys
from pathlib import Path
from typing import Any, Final

import duckdb
import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit puts this folder on the path, not the one above, which holds the packages.
_HERE = Path(__file__).resolve().parent
if str(_HERE.parent) not in sys.path:
    sys.path.insert(0, str(_HERE.parent))

from dashboard.bundle import Bundle  # noqa: E402
from dashboard.first_screen import FirstScreen  # noqa: E402
from dashboard.warehouse import open_read_only  # noqa: E402
from papertally.settings import load_settings  # noqa: E402
from papertally.warehouse.published_file import published_file  # noqa: E402

# What the pages are made of is loaded before the first reader comes, who would wait for it.
for _name in ("charts.drawing", "charts.network", "charts.matrix", "charts.volume", "trends"):
    importlib.import_module(f"dashboard.{_name}")

HEADERS: Final = {
    # Streamlit's own script needs inline styles and eval (its charts compile expressions); what
    # matters is that nothing may be loaded from, sent to or framed by another host.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self' data: blob:; worker-src 'self' blob:; frame-src 'self'; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Guarded:
    """Puts the headers on every answer, takes no file, and talks to its own pages only."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and "/_stcore/upload_file" in scope["path"]:
            await PlainTextResponse("Uploads are off.", 403, HEADERS)(scope, receive, send)
            return
        if scope["type"] == "websocket" and _is_foreign(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": 1008})  # the browser gets a 403
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, guarded)


def _is_foreign(headers: Headers) -> bool:
    """Tell whether a page of another address asks; Streamlit would ask the internet who it is."""
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


def healthz(request: Request) -> JSONResponse:
    """Answer 200 where a published file can be read, 503 where not; no paths, no counts."""
    del request
    try:
        path = published_file(load_settings())
        if path is None:
            return _answer(503, "nothing is published", None)
        open_read_only(str(path)).close()
    except (duckdb.Error, OSError):
        return _answer(503, "the published file cannot be read", None)
    return _answer(200, "ok", path.stem)


def _answer(code: int, status: str, snapshot: str | None) -> JSONResponse:
    content: dict[str, Any] = {"status": status, "snapshot": snapshot}
    return JSONResponse(content, status_code=code, headers={"Cache-Control": "no-store"})


app = st.App(
    _HERE / "streamlit_app.py",
    routes=[Route("/healthz", healthz)],
    middleware=[Middleware(Guarded), Middleware(Bundle), Middleware(FirstScreen)],
)
