"""The pages in a real browser: they show, they fit a phone, and they ask nobody outside."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from dashboard.queries import names
from tests.dashboard.conftest import APP, ROOT

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = Path("/usr/bin/chromium")
SCREENSHOTS = ROOT / "artifacts" / "screenshots"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium"),
]


@pytest.fixture(scope="module")
def address(published_home: Path) -> Iterator[str]:
    """The address of a server that shows the published home."""
    with serve(published_home) as base:
        yield base


@contextmanager
def serve(home: Path) -> Generator[str]:
    """Run a server that shows a home; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "streamlit", "run", str(APP.with_name("server.py"))),
            *("--server.headless", "true", "--server.port", str(port)),
        ],
        cwd=ROOT,
        env=os.environ | {"PAPERTALLY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{base}/_stcore/health", server)
        yield base
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator:
    with playwright.sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_shows_and_fits(address, browser, published_home, width, scheme):
    with duckdb.connect(str(published_home / "current.duckdb"), read_only=True) as con:
        top = names.top(con, "model", limit=1).row(0, named=True)
        paper_id = con.sql("select min(paper_id) from marts.fct_mentions").fetchall()[0][0]
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    outside: list[str] = []
    page.on(
        "request",
        lambda request: (
            outside.append(request.url)
            if not request.url.startswith((address, "data:", "blob:"))
            else None
        ),
    )
    paths = {
        "overview": "/",
        "compare": f"/compare?name={top['entity_id']}&name=dataset:imagenet",
        "names": "/names",
        "name": f"/names?name={top['entity_id']}",
        "papers": "/papers",
        "paper": f"/papers?paper={paper_id}",
        "together": "/together?pairs=1",
        "new-names": "/new_names",
        "quality": "/quality",
        "sql": "/sql?sql=from%20marts.entity_counts%20limit%205",
        "about": "/about",
    }
    for label, path in paths.items():
        page.goto(address + path)
        page.wait_for_selector(
            ".pt-evidence" if label in ("name", "papers") else ".pt-scroll:visible",
            timeout=30_000,
        )
        _settle(page)
        assert page.locator("[data-testid=stException]").count() == 0
        assert page.locator("[data-testid=stAlertContentError]").count() == 0
        main = page.locator("[data-testid=stMain]")
        assert main.evaluate("it => it.scrollWidth <= it.clientWidth"), f"{label} scrolls sideways"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if label == "name":
            marks = page.locator("mark:not(.pt-again)")
            assert marks.count() == min(top["mention_count"], 20)
            assert marks.first.is_visible()
        height = main.evaluate("it => it.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(height + 80, 8000)})
        _settle(page)
        page.screenshot(path=str(SCREENSHOTS / f"{label}-{scheme}-{width}.png"))
        page.set_viewport_size({"width": width, "height": 900})
    assert outside == []
    context.close()


def test_typing_then_a_link_leads_to_a_name(address, browser):
    page = browser.new_page()
    page.goto(f"{address}/names")
    page.get_by_label("Search names by any spelling").press_sequentially("gpt4")
    link = page.locator(".pt-hits a", has_text="GPT-4").first
    link.wait_for(timeout=15_000)
    page.wait_for_url("**/names?q=gpt4", timeout=15_000)
    link.click()
    page.wait_for_url("**/names?name=model:gpt-4*", timeout=15_000)
    page.locator(".pt-heading h1").wait_for(timeout=15_000)
    assert page.locator(".pt-heading h1").inner_text().startswith("GPT-4")
    page.go_back()
    page.wait_for_url("**/names?q=gpt4", timeout=15_000)
    page.close()


def test_what_is_chosen_stands_in_the_address_and_comes_back_from_it(address, browser):
    page = browser.new_page()
    page.goto(f"{address}/compare?name=model:transformer&section=abstract")
    page.get_by_role("radio", name="month").click()
    page.wait_for_url("**by=month*", timeout=20_000)
    again = browser.new_page()
    again.goto(page.url)
    chosen = again.get_by_role("radio", name="month", checked=True)
    chosen.wait_for(timeout=20_000)
    # Filters go along to another page, and stand in its address.
    again.locator(".st-key-pt-nav").get_by_text("Together", exact=True).click()
    again.wait_for_url("**/together?section=abstract", timeout=20_000)
    page.close()
    again.close()


def test_a_number_opens_its_sentences(address, browser):
    page = browser.new_page()
    page.goto(f"{address}/compare?name=model:transformer&name=dataset:imagenet")
    number = page.locator(".pt-scroll td a").first
    number.wait_for(timeout=20_000)
    number.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**at=*", timeout=20_000)
    page.locator(".st-key-pt-picked mark:not(.pt-again)").first.wait_for(timeout=20_000)
    page.close()


def _settle(page) -> None:
    page.wait_for_function(
        "!document.querySelector('[data-testid=stStatusWidget]')", timeout=15_000
    )
    page.wait_for_timeout(700)


def _wait_for(url: str, server: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended at once"
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own server)
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail("the server did not answer within a minute")
