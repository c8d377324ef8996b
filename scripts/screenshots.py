"""Take the pictures of docs/screenshots from a running demo: `make run` in one terminal, this in another.

Each page is taken on a wide screen, those of the roadmap on a phone, too. The demo is left as it was.

Usage: screenshots.py [ADDRESS]
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 780}
DOCUMENT = ROOT / "monitoring" / "demo" / "roadmaps" / "centre.tsv"
PLACES = {
    "year": "2026",
    "next_year": "2027",
    "short_year": "26",
    "short_name": "МБОУ СШ № 12",
    "head_position": "Директор",
    "head_signature": "В.П. Семёнова",
}


def take(address):
    """Sign in as the curator of the demo's school and write the pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(base_url=address, viewport=WIDE, locale="ru-RU")
        page.goto("/accounts/login/")
        page.fill("input[name=login]", "curator@demo-school.example")
        page.fill("input[name=password]", "demo-portal")
        page.locator("main button.btn-primary").click()
        page.wait_for_url("**/home/")
        page.goto("/monitoring/indicators/")
        page.screenshot(path=FOLDER / "indicators.png")
        page.goto("/roadmap/")
        page.locator("table.list tbody a").first.click()
        page.wait_for_selector(".stage-line")
        keep(page, "roadmap")
        page.locator(".plan-views a").nth(1).click()
        page.wait_for_selector(".timeline")
        keep(page, "roadmap-timeline")
        take_check(page)
        browser.close()


def take_check(page):
    """The page on which an imported document is checked; the import is given up again."""
    content = DOCUMENT.read_text(encoding="utf-8").format(**PLACES).encode()
    page.goto("/roadmap/import/")
    document = {"name": "Дорожная карта.txt", "mimeType": "text/plain", "buffer": content}
    page.locator("main input[type=file]").set_input_files(files=[document])
    page.locator("main form:has(input[type=file]) button").last.click()
    page.wait_for_selector(".check-confirm")
    keep(page, "roadmap-check")
    page.goto("/roadmap/import/")
    page.locator('form[action$="/drop/"] button').first.click()


def keep(page, name):
    """The page as it stands, wide and on a phone."""
    page.screenshot(path=FOLDER / f"{name}.png")
    page.set_viewport_size(PHONE)
    page.screenshot(path=FOLDER / f"{name}-phone.png")
    page.set_viewport_size(WIDE)


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
