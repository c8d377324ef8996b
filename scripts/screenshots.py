"""Take the pictures of README.md from a running demo: `make run` in one terminal, this in another.

Usage: screenshots.py [ADDRESS]
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
PAGES = {"roadmap": ("/roadmap/", "table.list tbody a"), "indicators": ("/monitoring/indicators/", None)}


def take(address):
    """Sign in as the curator of the demo's school and write a picture of each of PAGES."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 860}, locale="ru-RU")
        page.goto("/accounts/login/")
        page.fill("input[name=login]", "curator@demo-school.example")
        page.fill("input[name=password]", "demo-portal")
        page.locator("main button.btn-primary").click()
        page.wait_for_url("**/home/")
        for name, (path, link) in PAGES.items():
            page.goto(path)
            if link:
                page.locator(link).first.click()
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
