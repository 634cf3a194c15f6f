"""How long a new reader waits in a browser until the first number of the Overview is there."""

import time
from pathlib import Path
from statistics import median

from bench.dashboard_load import server

CHROMIUM = Path("/usr/bin/chromium")


def first_load(rounds):
    """Return milliseconds to the first number, of the server's first reader and of later ones.

    Each comes in a browser without a cache. None where there is no Chromium.
    """
    if not CHROMIUM.exists():
        return None
    from playwright.sync_api import sync_playwright

    with server() as (address, _), sync_playwright() as player:
        page_address = address.replace("ws://", "http://").removesuffix("/_stcore/stream")
        chromium = player.chromium.launch(
            executable_path=str(CHROMIUM), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        times = []
        for _ in range(rounds + 1):
            context = chromium.new_context()
            page = context.new_page()
            begin = time.perf_counter()
            page.goto(page_address)
            page.locator("[data-testid=stMetricValue]").first.wait_for(timeout=60_000)
            times.append(1e3 * (time.perf_counter() - begin))
            context.close()
        chromium.close()
    return {"first_ms": times[0], "later_ms": median(times[1:])}
