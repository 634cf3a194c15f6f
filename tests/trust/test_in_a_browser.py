"""Every page with hostile text in a real browser: nothing runs, calls out or breaks the page."""

from pathlib import Path
from urllib.parse import quote

import pytest

from papertally.report.page import write_report
from papertally.settings import load_settings
from tests.conftest import ROOT
from tests.dashboard.test_browser import CHROMIUM, _settle, browser, serve
from tests.trust.hostile import DECORATIONS, NAMES, RUN

__all__ = ["browser"]  # the fixture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium"),
]
WIDTH = 360
SCREENSHOTS = ROOT / "artifacts" / "screenshots"
LISTED = (
    "select title, abstract, authors, venue, url from marts.dim_papers"
    " where paper_id like '%:2605.1%'"
)
IN_ADDRESS = f"<img src=x onerror={RUN}>"
PAGES = {
    "overview": "/",
    "compare": "/compare?" + "&".join(f"name={name}" for name in NAMES),
    "name": "/names?name=model:bert",
    "long-name": "/names?name=method:dropout",
    "papers": "/papers",
    "markup": "/papers?paper=arxiv:2605.10003",
    "markdown": "/papers?paper=arxiv:2605.10005",
    "bidi": "/papers?paper=arxiv:2605.10010",
    "longest": "/papers?paper=arxiv:2605.19001",
    "together": "/together?pairs=1",
    "network": "/together?pairs=1&as=network",
    "new-names": "/new_names",
    "quality": "/quality",
    "sql": f"/sql?sql={quote(LISTED)}",
    "about": "/about",
    "address": f"/names?name={quote(IN_ADDRESS)}&q={quote(IN_ADDRESS)}",
}
# What has to stand there as words; Streamlit's own cleaning would swallow it without our escaping.
WORDS = {
    "overview": NAMES["model:bert"],
    "name": NAMES["model:bert"],
    "markup": DECORATIONS[3],
    "markdown": DECORATIONS[5],
    "sql": DECORATIONS[0],
    "address": IN_ADDRESS,
}
# Visible elements that reach out of the window and lie in nothing that scrolls or cuts by itself.
OUTSIDE = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(it => {
  const box = it.getBoundingClientRect();
  if (!box.width || !box.height || box.right <= innerWidth + 1 && box.left >= -1) return false;
  for (let up = it.parentElement; up && up.dataset.testid !== 'stMain'; up = up.parentElement)
    if (getComputedStyle(up).overflowX !== 'visible') return false;
  return true;
}).slice(0, 3).map(it => it.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def address(hostile_home: Path):
    with serve(hostile_home) as base:
        yield base


def test_hostile_text_stays_text_on_every_page(address, browser, hostile_home, tmp_path):
    context = browser.new_context(
        viewport={"width": WIDTH, "height": 900}, reduced_motion="reduce", service_workers="block"
    )
    page = context.new_page()
    asked: list[str] = []
    dialogs: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url.replace("ws:", "http:", 1)))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    for label, path in PAGES.items():
        page.goto(address + path)
        page.wait_for_selector(".pt-scroll:visible, .pt-abstract, .pt-evidence", timeout=60_000)
        _settle(page)
        wrong += _faults(page, label)
        if WORDS.get(label, "") not in page.inner_text("body"):
            wrong.append(f"{label}: its text is not shown as text")
        page.screenshot(path=str(SCREENSHOTS / f"hostile-{label}-{WIDTH}.png"), full_page=True)
    settings = load_settings({"PAPERTALLY_HOME": str(hostile_home)})
    for name in (None, "model:bert", "method:dropout"):
        report = write_report(settings, tmp_path, name)
        page.goto(report.as_uri())
        wrong += _faults(page, report.name)
        page.screenshot(path=str(SCREENSHOTS / f"hostile-report-{report.stem}-{WIDTH}.png"))
    own = (address, "data:", "blob:", tmp_path.as_uri())
    assert [url for url in asked if not url.startswith(own)] == []
    assert dialogs == []
    assert wrong == []
    context.close()


def _faults(page, label: str) -> list[str]:
    faults = [f"outside: {found}" for found in page.evaluate(OUTSIDE)]
    if page.evaluate("window.__pwned") is not None:
        faults.append("a script ran")
    if page.evaluate("document.documentElement.scrollWidth") > WIDTH:
        faults.append("scrolls sideways")
    if page.locator("[data-testid=stMain]").count():
        main = page.locator("[data-testid=stMain]")
        if main.evaluate("it => it.scrollWidth > it.clientWidth"):
            faults.append("the page scrolls sideways")
        if page.locator("[data-testid=stException]").count():
            faults.append("an error is shown")
    return [f"{label}: {fault}" for fault in faults]
