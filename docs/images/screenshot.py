"""Take the README's picture from the published sample: `make run`, then `make screenshot`.

It uses the server and the browser of the page tests.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from papertally.settings import load_settings
from papertally.terminal import say
from tests.dashboard.test_browser import ARGUMENTS, CHROMIUM, serve

NAME, YEAR = "dataset:imagenet", "2021-01-01"
WIDTH, HEIGHT = 1100, 1330
COLOURS = 64
"""Enough for a page of text and one line; a quarter of the bytes."""


def take(page: Page, address: str) -> bytes:
    """Return the page of a name, with the sentences of one year open, as a picture."""
    page.goto(f"{address}/names?name={NAME}&of={NAME}&at={YEAR}")
    page.locator(".st-key-pt-picked mark").first.wait_for(timeout=60_000)
    page.wait_for_timeout(1_500)  # charts are drawn after the text
    return page.screenshot()


def main() -> None:
    """Serve the published file, take the picture, write it beside this file."""
    with serve(load_settings().home) as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        picture = take(page, address)
        browser.close()
    target = Path(__file__).with_name("name.png")
    Image.open(io.BytesIO(picture)).quantize(COLOURS).save(target, optimize=True)
    say(f"{target}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
