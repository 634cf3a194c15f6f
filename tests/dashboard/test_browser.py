"""The pages in a real browser: they show, they fit a phone, and they ask nobody outside."""

import gzip
import io
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl
import pytest

from dashboard import bundle, phrases
from dashboard.bundle import FOLDER
from queries import corpus, ranking, series
from queries.scope import WHOLE
from tests.dashboard.conftest import APP, ROOT

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

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


@pytest.fixture(scope="module")
def places(published_home) -> dict[str, str]:
    """Every page and its most telling states, as paths."""
    with duckdb.connect(str(published_home / "current.duckdb"), read_only=True) as con:
        name = ranking.top(con, "model", limit=1)["entity_id"][0]
        paper_id = con.sql("select min(paper_id) from marts.fct_mentions").fetchall()[0][0]
    return {
        "overview": "/",
        "compare": f"/compare?name={name}&name=dataset:imagenet",
        "names": "/names",
        "name": f"/names?name={name}",
        "papers": "/papers",
        "paper": f"/papers?paper={paper_id}",
        "together": "/together?pairs=1",
        "new-names": "/new_names",
        "quality": "/quality",
        "sql": "/sql?sql=from%20marts.entity_counts%20limit%205",
        "about": "/about",
    }


def test_every_page_shows_fits_and_is_accessible(address, browser, places):
    """Each page is opened once, then looked at in both widths and both schemes."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
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
    found: list[str] = []
    for label, path in places.items():
        page.goto(address + path)
        page.wait_for_selector(
            ".pt-evidence" if label in ("name", "papers") else ".pt-scroll:visible",
            timeout=30_000,
        )
        _settle(page)
        assert page.locator("[data-testid=stException]").count() == 0
        assert page.locator("[data-testid=stAlertContentError]").count() == 0
        # Only the colours differ between the schemes, and only the layout between the widths.
        for width, scheme, rules in (
            (1280, "light", {}),
            (1280, "dark", _ONLY_COLOURS),
            (360, "dark", _BUT_COLOURS),
        ):
            _look(page, label, width, scheme)
            found += _findings(page, f"{label}, {scheme}, {width}", rules)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 900})
    assert outside == []
    assert found == []
    context.close()


_ONLY_COLOURS = {"runOnly": ["color-contrast"]}
_BUT_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}


def _look(page, label: str, width: int, scheme: str) -> None:
    """Show the whole page at a width, see that nothing sticks out of it, and keep a picture."""
    main = page.locator("[data-testid=stMain]")
    page.emulate_media(color_scheme=scheme)
    if page.viewport_size["width"] != width or page.viewport_size["height"] == 900:
        page.set_viewport_size({"width": width, "height": 900})
        _settle(page)
        fits = main.evaluate("it => it.scrollWidth <= it.clientWidth")
        assert fits, f"{label} scrolls sideways at {width}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        height = min(main.evaluate("it => it.scrollHeight") + 80, 8000)
        page.set_viewport_size({"width": width, "height": height})
    _settle(page)
    page.screenshot(path=str(SCREENSHOTS / f"{label}-{scheme}-{width}.png"))


# Lines of a list or table are made by one function: the first few stand for all, in a third of
# the time.
_ALIKE = [[".pt-scroll tbody tr:nth-child(n+5)"], [".pt-evidence > li:nth-child(n+4)"]]


def _findings(page, where: str, options: dict) -> list[str]:
    """Return what axe-core calls serious or critical; the rules are the standard ones."""
    if not page.evaluate("'axe' in window"):  # half a megabyte, and once a page is enough
        page.evaluate(axe.Axe().axe_script)
    return [f"{where}: {found}" for found in page.evaluate(AXE, [{"exclude": _ALIKE}, options])]


AXE = """async ([context, options]) => {
  const results = await axe.run(context, {resultTypes: ['violations'], ...options});
  return results.violations
    .filter(rule => ['serious', 'critical'].includes(rule.impact))
    .flatMap(rule => rule.nodes.map(node => `${rule.id} (${rule.impact}) at ${node.target}`));
}"""


def test_filters_that_are_on_and_open_are_accessible(address, browser, places):
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.goto(
        f"{address}{places['name']}&section=abstract&since=2015-01-01&least=2"
        "&source=papers&method=alias&method=definition"
    )
    page.locator(".pt-filters").wait_for(timeout=30_000)
    _settle(page)
    page.get_by_role("button", name="Filters (5 on)").click()
    page.get_by_role("group", name="Published since").wait_for(timeout=20_000)
    _settle(page)
    page.screenshot(path=str(SCREENSHOTS / "filters-light-1280.png"))
    found = _findings(page, "filters", {})
    page.set_viewport_size({"width": 360, "height": 900})
    _settle(page)
    page.screenshot(path=str(SCREENSHOTS / "filters-light-360.png"))
    assert found + _findings(page, "filters, 360", _BUT_COLOURS) == []
    page.context.close()


def test_the_keyboard_reaches_and_opens_everything(address, browser):
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.set_viewport_size({"width": 1280, "height": 1600})
    page.goto(f"{address}/compare?name=model:transformer&name=dataset:imagenet")
    page.locator(".pt-scroll td a").first.wait_for(timeout=30_000)
    _settle(page)
    reached: list[str] = []
    unseen: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        where = page.evaluate(FOCUSED)
        if where["name"] in reached[-1:]:
            continue
        reached.append(where["name"])
        if where["box"]:
            clip = dict(zip(("x", "y", "width", "height"), where["box"], strict=True))
            for pause in (0, 400):  # what fades in when it is reached takes a moment
                page.wait_for_timeout(pause)
                with_focus = page.screenshot(clip=clip)
                page.evaluate("window.focused = document.activeElement, focused.blur()")
                without = page.screenshot(clip=clip)
                page.evaluate("focused.focus({focusVisible: true})")
                if with_focus != without:
                    break
            else:
                unseen.append(where["name"])
        if where["name"].startswith("table: "):
            break
    order = [
        next((place for place, name in enumerate(reached) if word in name), -1) for word in KEYBOARD
    ]
    assert -1 not in order, reached
    assert order == sorted(order), reached
    assert unseen == []
    assert reached[-1].startswith("table: "), reached
    # In the table every point of the chart is a link.
    page.locator(".pt-scroll td a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**at=*", timeout=20_000)
    page.locator(".st-key-pt-picked mark:not(.pt-again)").first.wait_for(timeout=20_000)
    page.get_by_role("button", name="Filters").focus()
    page.keyboard.press("Enter")
    since = page.get_by_role("group", name="Published since")
    since.wait_for(timeout=20_000)
    page.keyboard.press("Escape")
    since.wait_for(state="hidden", timeout=20_000)
    page.context.close()


# What stands above a page, how the chart is told, and its numbers, in the order of reading.
KEYBOARD = (
    *("Overview", "About", "Search names by any spelling", "Filters", "Fullscreen: Line chart"),
    *("download Download", "Open in SQL"),
)
FOCUSED = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  const words = it.innerText || '';  // what scrolls has all its text
  const label = it.getAttribute('aria-label') || (words.length > 60 ? it.tagName : words);
  const inside = it.closest('.pt-scroll') ? 'table: ' : it.closest('.vega-embed') ? 'chart: ' : '';
  const seen = it !== document.body && box.width && box.top > 8 && box.bottom < innerHeight - 8;
  return {
    name: inside + label.split('\\n').filter(line => line && !line.includes('_')).join(' ').trim(),
    box: seen ? [Math.max(box.left - 6, 0), box.top - 6, box.width + 12, box.height + 12] : null,
  };
}"""


def test_the_first_numbers_stand_in_the_page_before_any_script(address, browser, published_home):
    with duckdb.connect(str(published_home / "current.duckdb"), read_only=True) as con:
        papers = phrases.number(corpus.summary(con).paper_count)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in ("/", "/overview", "/?by=month"):
        page.goto(address + path)
        assert page.locator("#pt-first dd").first.inner_text() == papers
    # Elsewhere, or with a filter on, these numbers are not the page's.
    for path in ("/names", "/?section=title"):
        page.goto(address + path)
        assert page.title() == "Papertally"
        assert page.locator("#pt-first").count() == 0
    context.close()


def test_what_streamlit_is_made_of_comes_compressed_and_whole(address):
    files = bundle.needed_first() + bundle.needed_later()
    assert len(files) > 20, "Streamlit names its files otherwise now"
    for file in ("js/" + next(iter(FOLDER.glob("js/index.*.js"))).name, files[0]):
        ask = urllib.request.Request(  # noqa: S310 (our own server)
            f"{address}/static/{file}", headers={"Accept-Encoding": "gzip"}
        )
        with urllib.request.urlopen(ask, timeout=10) as answer:  # noqa: S310
            assert answer.headers["Content-Encoding"] == "gzip"
            assert "immutable" in answer.headers["Cache-Control"]
            assert "Content-Security-Policy" in answer.headers
            assert gzip.decompress(answer.read()) == (FOLDER / file).read_bytes()
        with urllib.request.urlopen(f"{address}/static/{file}", timeout=10) as answer:  # noqa: S310
            assert answer.read() == (FOLDER / file).read_bytes()


def test_a_bar_of_the_overview_lists_its_papers(address, browser, published_home):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    loads: list[str] = []
    page.on("load", lambda it: loads.append(it.url))
    page.goto(f"{address}/?by=year")
    bars = page.locator("#root .pt-columns a")
    bars.first.wait_for(timeout=60_000)
    _settle(page)
    assert page.locator("#pt-first").count() == 0
    bars.nth(3).click()
    page.wait_for_url("**/papers?since=*", timeout=60_000)
    page.locator(".pt-evidence").wait_for(timeout=60_000)
    since, until = re.search(r"since=([\d-]+)&until=([\d-]+)", page.url).groups()
    with duckdb.connect(str(published_home / "current.duckdb"), read_only=True) as con:
        expected = con.sql(
            "select count(*) from marts.dim_papers where published_on between $1 and $2",
            params=[since, until],
        ).fetchall()[0][0]
    stated = page.locator("[data-testid=stMarkdown] strong").first.inner_text()
    assert stated == f"{expected} paper{'s' * (expected != 1)}"
    page.go_back()
    page.locator(".pt-flow").wait_for(timeout=60_000)
    _settle(page)
    assert "/papers" not in page.url
    # A link to another page leaves Streamlit where it is, and a place on it is gone to.
    page.locator("#root .pt-grid a").first.click()
    page.locator(".pt-heading h1").wait_for(timeout=60_000)
    _settle(page)
    page.locator(".pt-facts a[href*='spelling=']").first.click()
    page.wait_for_url("**spelling=*#evidence", timeout=60_000)
    page.wait_for_function(IN_VIEW, arg="evidence", timeout=30_000)
    assert len(loads) == 1
    page.close()


IN_VIEW = """id => {
  const box = document.getElementById(id)?.getBoundingClientRect();
  return box && box.top >= 0 && box.top < innerHeight;
}"""


def test_a_click_on_a_point_opens_as_many_sentences_as_it_counts(address, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/compare?name=model:transformer&show=papers")
    points = page.locator(".vega-embed svg .mark-symbol.role-mark path")
    points.last.wait_for(timeout=60_000)
    _settle(page)
    picked = page.locator(".st-key-pt-picked")
    box = points.last.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**at=*", timeout=60_000)
    picked.locator(".pt-evidence").wait_for(timeout=60_000)
    _settle(page)
    stated = picked.locator("strong").all_inner_texts()
    papers = int(re.search(r"([\d,]+) paper", stated[0])[1].replace(",", ""))
    mentions = int(re.search(r"([\d,]+) mention", stated[1])[1].replace(",", ""))
    assert picked.locator(".pt-evidence > li").count() == papers
    assert picked.locator("mark:not(.pt-again)").count() == mentions <= 20
    page.close()


def test_downloads_open_and_equal_the_page(address, browser, published_home):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/compare?name=model:transformer&show=papers")
    page.get_by_role("button", name="Download").first.click(timeout=30_000)
    kept = {}
    offered = {
        "CSV": "Numbers", "Parquet": "Numbers", "PNG": "Picture", "SVG": "Picture",
        "JSON": "Metadata and citation",
    }  # fmt: skip
    for label, words in offered.items():
        with page.expect_download(timeout=60_000) as waited:
            page.get_by_role("button", name=f"{words} as {label}").click()
        kept[label] = Path(waited.value.path()).read_bytes()
    frame = pl.read_parquet(io.BytesIO(kept["Parquet"]))
    lines = series.Lines(("model:transformer",))
    with duckdb.connect(str(published_home / "current.duckdb"), read_only=True) as con:
        expected = series.lines_of(con, WHOLE, lines).filter(pl.col("paper_count") > 0)
    shown = frame.filter(pl.col("papers") > 0)
    assert shown["papers"].to_list() == expected["paper_count"].to_list()
    assert shown["period"].to_list() == expected["period"].to_list()
    assert pl.read_csv(io.BytesIO(kept["CSV"]))["papers"].to_list() == frame["papers"].to_list()
    assert kept["PNG"].startswith(b"\x89PNG")
    assert b"<svg" in kept["SVG"][:500]
    meta = json.loads(kept["JSON"])
    assert meta["row_count"] == frame.height
    with duckdb.connect(str(published_home / "current.duckdb"), read_only=True) as con:
        counted = con.sql(meta["sql"]).pl().filter(pl.col("period") >= frame["period"].min())
    assert counted["paper_count"].to_list() == frame["papers"].to_list()
    page.close()


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


def _settle(page) -> None:
    """Wait until the server is done and the page has been still for a moment."""
    page.wait_for_function(
        "!document.querySelector('[data-testid=stStatusWidget]')", timeout=15_000
    )
    page.evaluate(STILL)


STILL = """() => new Promise(done => {
  let timer = setTimeout(finish, 200);
  const end = setTimeout(finish, 5000);
  const watcher = new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(finish, 200);
  });
  function finish() {
    watcher.disconnect();
    clearTimeout(timer);
    clearTimeout(end);
    requestAnimationFrame(() => requestAnimationFrame(done));
  }
  watcher.observe(document.body, {subtree: true, childList: true, attributes: true});
})"""


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
