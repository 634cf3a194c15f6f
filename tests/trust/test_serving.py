"""The server as it starts: on this machine only, guarded, silent, and honest about its health."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from streamlit import config

from dashboard.server import HEADERS, Guarded, healthz
from tests.conftest import ROOT

SAFE = {
    "server.address": "127.0.0.1",
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.allowedHosts": ["localhost", "127.0.0.1"],
    "server.maxUploadSize": 1,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "viewer",
}


def health(home: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, dict[str, str]]:
    monkeypatch.setenv("PAPERTALLY_HOME", str(home))
    answer = healthz(Request({"type": "http"}))
    return answer.status_code, json.loads(bytes(answer.body))


def test_the_shipped_configuration_is_safe(monkeypatch):
    monkeypatch.chdir(ROOT)
    config.get_config_options(force_reparse=True)
    shipped = {name: config.get_option(name) for name in SAFE}
    assert shipped == SAFE
    assert config.get_where_defined("server.enableXsrfProtection").endswith("config.toml")


def test_no_page_takes_a_file_or_shows_html_unescaped():
    pages = "".join(path.read_text() for path in (ROOT / "dashboard").rglob("*.py"))
    assert not re.search(r"file_uploader|camera_input|audio_input|unsafe_allow", pages)


def test_uploads_are_refused():
    answered: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        answered.append(message)

    async def never(*_: Any) -> None:
        raise AssertionError("an upload came through")

    scope = {"type": "http", "method": "PUT", "path": "/_stcore/upload_file/a/b", "headers": []}
    asyncio.run(Guarded(never)(scope, never, send))
    assert answered[0]["status"] == 403


@pytest.mark.parametrize(
    ("origin", "is_let_in"),
    [
        (None, True),
        ("http://127.0.0.1:8501", True),
        ("http://127.0.0.1:8502", False),
        ("http://localhost:8501", False),
        ("https://example.org", False),
        ("null", False),
        ("http://[", False),
        ("http://127.0.0.1:8501@example.org", False),
    ],
)
def test_only_its_own_pages_talk_to_the_server(origin, is_let_in):
    asked: list[str] = []
    answered: list[dict[str, Any]] = []

    async def pages(scope: Any, receive: Any, send: Any) -> None:
        asked.append(scope["path"])

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        answered.append(message)

    headers = [(b"host", b"127.0.0.1:8501")] + ([(b"origin", origin.encode())] if origin else [])
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers}
    asyncio.run(Guarded(pages)(scope, receive, send))
    assert bool(asked) is is_let_in
    assert [message["type"] for message in answered] == ["websocket.close"] * (not is_let_in)


def test_health_says_whether_a_published_file_can_be_read(published_home, tmp_path, monkeypatch):
    version = (published_home / "current.duckdb").resolve()
    assert health(published_home, monkeypatch) == (200, {"status": "ok", "snapshot": version.stem})
    status = health(tmp_path, monkeypatch)
    assert status == (503, {"status": "nothing is published", "snapshot": None})
    (tmp_path / "versions").mkdir()
    broken = tmp_path / "versions" / version.name
    broken.write_bytes(b"no warehouse")
    (tmp_path / "current.duckdb").symlink_to(Path("versions") / version.name)
    status = health(tmp_path, monkeypatch)
    assert status == (503, {"status": "the published file cannot be read", "snapshot": None})


def test_the_policy_names_no_other_host():
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
    allowed = {source for part in policy.split(";") for source in part.split()[1:]}
    quoted = {"'self'", "'unsafe-inline'", "'unsafe-eval'", "'none'"}
    assert allowed <= quoted | {"data:", "blob:"}


WORK = """
import os, sys
from papertally.pipeline.runs import now
from papertally.building.dbt import run_dbt
from papertally.report.page import write_report
from papertally.settings import load_settings
from expectations.runner import run_gate
from papertally.warehouse.build_file import build_connection
from pathlib import Path
settings = load_settings()
run_dbt(settings, ["run", "--select", "quality.loads"])
with build_connection(settings) as con:
    loads = [row[0] for row in con.sql("select load_id from raw.loads").fetchall()]
    run_gate(con, "landed_batch", run_id="offline", checked_at=now(),
             docs_dir=settings.data_docs, load_ids=loads)
write_report(settings, settings.home / "report", None)
"""


@pytest.fixture
def cut_off() -> list[str]:
    """The command that runs another one without a network and writes down what it tries."""
    strace, unshare = shutil.which("strace"), shutil.which("unshare")
    if not strace or not unshare or subprocess.run([unshare, "-n", "true"], check=False).returncode:
        pytest.skip("needs strace, and unshare with the right to make a network namespace")
    calls = "trace=connect,sendto,sendmsg,sendmmsg"
    return [unshare, "-n", strace, "-f", "--seccomp-bpf", "-qq", "-e", calls, "-o"]


def attempts(trace: str) -> list[str]:
    """Return the calls that look for somebody outside; a question for a name is one, too."""
    return [
        line
        for line in trace.splitlines()
        if ("AF_INET" in line and not re.search(r'"127\.0\.0\.1"|"::1"', line))
        or "htons(53)" in line
    ]  # fmt: skip


def test_nothing_calls_out(cut_off, home_copy, tmp_path):
    trace = tmp_path / "calls"
    done = subprocess.run(
        [*cut_off, str(trace), sys.executable, "-c", WORK],
        env=os.environ | {"PAPERTALLY_HOME": str(home_copy)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (home_copy / "report" / "index.html").exists()
    assert attempts(trace.read_text()) == []


def test_the_watch_sees_a_call(cut_off, tmp_path):
    trace = tmp_path / "calls"
    code = "import socket; socket.create_connection(('198.51.100.7', 443), 1)"
    subprocess.run(
        [*cut_off, str(trace), sys.executable, "-c", code], capture_output=True, check=False
    )
    assert len(attempts(trace.read_text())) == 1
