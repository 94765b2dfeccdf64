"""Takes the README's picture from a running demo office: `make run` in one terminal, `make screenshots` in another."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from conftest import ARGUMENTS, CHROMIUM
from web.commands.demo_office import PASSWORD

TARGET = Path(__file__).parents[2] / "docs" / "worklist.png"
COLOURS = 200
"""Enough for a screen of ours, and the picture stays small."""


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="nl-BE")
        page.goto(f"{address}/sign-in")
        page.fill("#email", "bart@example.be")
        page.fill("#password", PASSWORD)
        page.click("button[type=submit]")
        page.get_by_role("link", name="Bakkerij Claes BV", exact=True).click()
        page.locator("[data-list] tr[data-id]").first.wait_for()
        page.evaluate("document.fonts.ready")
        picture = page.screenshot()
        browser.close()
    with Image.open(BytesIO(picture)) as image:
        image.convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE).save(TARGET, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
