"""Make the picture of the printed report: python docs/images/shoot.py out/demo/report.html.

Needs playwright and a chromium (TALLYMAN_CHROMIUM, or on the path).
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1200, 1350
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main() -> None:
    """Open the report, fold the scoreboard to its first rows, and take the picture."""
    report, target = Path(sys.argv[1]).resolve(), Path(__file__).with_name("report.png")
    chromium = os.environ.get("TALLYMAN_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(report.as_uri())
        page.add_style_tag(content="#scoreboard + p + table tbody tr:nth-child(n+7) { display: none; }")
        page.screenshot(path=target)
        browser.close()
    print(target)


if __name__ == "__main__":
    main()
