"""How long a reader waits in a browser: for the first numbers, for the page, for the next page.

A browser without a cache opens the Overview and, in turn with it, an empty page of Streamlit's: on
a busy machine only their ratio says something.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.dashboard_load import server, wait_for

CHROMIUM = Path("/usr/bin/chromium")
NUMBERS = ".pt-figures"  # as the server writes them
PAGE = "#root .pt-figures"  # as Streamlit shows them
EMPTY = 'import streamlit as st\nst.metric("Papers", "1")\n'


def first_load(rounds):
    """Return milliseconds, medians after a first reader; None where there is no Chromium."""
    if not CHROMIUM.exists():
        return None
    from playwright.sync_api import sync_playwright

    times = {"numbers_ms": [], "page_ms": [], "empty_ms": [], "next_ms": []}
    with server() as (address, _), empty_page() as empty, sync_playwright() as player:
        overview = address.replace("ws://", "http://").removesuffix("/_stcore/stream")
        chromium = player.chromium.launch(
            executable_path=str(CHROMIUM), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        for _ in range(rounds + 1):
            context = chromium.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            begin = time.perf_counter()
            page.goto(overview, wait_until="commit")
            times["numbers_ms"].append(shown(page, NUMBERS, begin))
            times["page_ms"].append(shown(page, PAGE, begin))
            page.locator("#root .pt-grid a").first.wait_for()
            page.wait_for_timeout(1000)
            begin = time.perf_counter()
            page.locator("#root .pt-grid a").first.click()
            times["next_ms"].append(shown(page, ".pt-heading h1", begin))
            context.close()
            context = chromium.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            begin = time.perf_counter()
            page.goto(empty, wait_until="commit")
            times["empty_ms"].append(shown(page, "[data-testid=stMetricValue]", begin))
            context.close()
        chromium.close()
    return {name: median(values[1:]) for name, values in times.items()} | {
        "cold_numbers_ms": times["numbers_ms"][0],
        "cold_page_ms": times["page_ms"][0],
        "page_by_empty": median(
            page / empty
            for page, empty in zip(times["page_ms"][1:], times["empty_ms"][1:], strict=True)
        ),
        "load": os.getloadavg()[0],
    }


def shown(page, selector, begin):
    """Return the milliseconds until something stands on the page, seen by the page itself."""
    page.locator(selector).first.wait_for(timeout=60_000)
    return 1e3 * (time.perf_counter() - begin)


@contextmanager
def empty_page():
    """Run a Streamlit page with one number and nothing of ours; yield its address."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        script = Path(folder, "empty.py")
        script.write_text(EMPTY)
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", str(script)),
                *("--server.headless", "true", "--server.address", "127.0.0.1"),
                *("--server.port", str(port), "--server.fileWatcherType", "none"),
                *("--browser.gatherUsageStats", "false"),
            ],
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


if __name__ == "__main__":
    found = first_load(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
    for name, value in (found or {"no Chromium": 0}).items():
        print(f"{name:18}{value:8.2f}")
