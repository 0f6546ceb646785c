from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sample_report import links, sample

pytest.importorskip("litestar", reason="pages need the [web] extra")
sync_api = pytest.importorskip("playwright.sync_api", reason="browser tests need playwright")
axe_runner = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python"
)
import uvicorn  # noqa: E402

from tallyman.publish import html  # noqa: E402
from tallyman.publish.site import write_site  # noqa: E402
from tallyman.web.application import application  # noqa: E402
from tallyman.web.served import write_served  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path

CHROMIUM = os.environ.get("TALLYMAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = (360, 1280)
STANDARD = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
}

CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


@pytest.fixture(scope="module")
def data():
    return sample()


@pytest.fixture(scope="module")
def site(data, tmp_path_factory):
    copy = tmp_path_factory.mktemp("browser") / "served.duckdb"
    write_served(data, copy, links=links(data.documents))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application(copy), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def addresses(data):
    claim, target, document = data.claims[8].id, data.targets[1].id, data.documents[1].id
    return [
        "/", "/targets", f"/targets/{target}", f"/targets/{target}/chances", "/claims", f"/claims/{claim}",
        "/documents", f"/documents/{document}", "/stories", f"/stories/{data.stories[0].id}", "/pairs",
        "/pairs/CN-RU", "/speakers", "/speakers/Xi%20Jinping", "/providers", "/providers/gacc", "/scores",
        "/api", "/nowhere", "/?as_of=2023-11-30", "/claims?as_of=2024-03-01&verdict=refuted",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@contextmanager
def opened(browser, **options):
    context = browser.new_context(**options)
    page = context.new_page()
    page.troubles = []
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on(
        "request",
        lambda request: (
            page.troubles.append(request.url)
            if "127.0.0.1" not in request.url and not request.url.startswith("file:")
            else None
        ),
    )
    try:
        yield page
    finally:
        context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_asks_nobody_else(browser, site, addresses, width, scripts):
    with opened(browser, viewport={"width": width, "height": 800}, java_script_enabled=scripts) as page:
        for address in addresses:
            page.goto(site + address)
            assert page.locator("h1").count() == 1, address
            if scripts:
                assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.troubles == []


@pytest.mark.parametrize(("scheme", "rules"), [("light", STANDARD), ("dark", CONTRAST)])
def test_axe_finds_nothing(browser, site, addresses, scheme, rules):
    axe = axe_runner.Axe()
    found = []
    with opened(browser, viewport={"width": 1280, "height": 800}, color_scheme=scheme) as page:
        for address in addresses:
            page.goto(site + address)
            for violation in axe.run(page, options=rules).response["violations"]:
                nodes = [node["html"][:120] for node in violation["nodes"][:2]]
                found.append((address, violation["id"], nodes))
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_printed_report_fits_and_axe_finds_nothing(browser, data, tmp_path, width, scheme):
    path: Path = tmp_path / "report.html"
    html.report(data, path)
    with opened(browser, viewport={"width": width, "height": 800}, color_scheme=scheme) as page:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        response = axe_runner.Axe().run(page, options=STANDARD).response
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in response["violations"]] == []
        assert page.troubles == []


def test_the_site_on_disk_fits_asks_nobody_and_axe_finds_nothing(browser, data, tmp_path):
    write_site(data, tmp_path)
    kinds = ("*", "claims/*", "documents/*", "pairs/*", "targets/*", "stories/*", "speakers/*", "providers/*")
    pages = [tmp_path / "index.html", *tmp_path.glob("targets/*/index.html")]
    pages += [path for kind in kinds for path in sorted(tmp_path.glob(f"{kind}/index.html"))[:2]]
    assert len(pages) > len(kinds)
    with opened(browser, viewport={"width": 360, "height": 800}) as page:
        for path in pages:
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
            found = axe_runner.Axe().run(page, options=STANDARD).response["violations"]
            assert [(row["id"], row["nodes"][0]["html"][:120]) for row in found] == [], path
        assert page.troubles == []


def test_report_is_filtered_without_scripts(browser, data, tmp_path):
    path: Path = tmp_path / "report.html"
    html.report(data, path)
    with opened(browser, java_script_enabled=False) as page:
        page.goto(path.as_uri())
        page.locator("label", has_text="refuted").click()
        rows = page.locator("table.claims tbody tr:visible")
        assert rows.count() == 2


def test_a_reader_finds_a_claim_and_replays_a_day(browser, site):
    with opened(browser, viewport={"width": 1280, "height": 800}) as page:
        page.goto(site)
        page.get_by_role("searchbox", name="Search the claims").fill("134.1")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="$134.1 million").click()
        assert "refuted" in page.locator("main").inner_text()
        page.goto(f"{site}/targets")
        page.get_by_role("link", name="$200 billion").click()
        assert "met early" in page.locator("main").inner_text()
        page.get_by_label("Replay a day:").fill("2023-11-30")
        page.get_by_role("button", name="Replay", exact=True).click()
        page.wait_for_url("**/*as_of=2023-11-30*")
        assert "Replayed: what was known on 30 Nov 2023" in page.locator("main").inner_text()
        assert "met early" not in page.locator("h1 + p").inner_text()


def test_the_slider_replays_without_a_button(browser, site):
    with opened(browser) as page:
        page.goto(f"{site}/claims")
        slider = page.get_by_role("slider", name="Day to replay")
        slider.focus()
        page.keyboard.press("ArrowLeft")
        page.wait_for_url("**/claims?as_of=2026-11-21")


def test_facets_narrow_and_can_be_dropped(browser, site):
    with opened(browser, java_script_enabled=False) as page:
        page.goto(f"{site}/claims")
        page.get_by_role("complementary").get_by_role("link", name="refuted").click()
        assert "2 claims" in page.locator("main").inner_text()
        page.get_by_role("link", name="Drop the filter refuted").click()
        assert "13 claims" in page.locator("main").inner_text()


def test_twins_can_be_downloaded(browser, site):
    with opened(browser) as page:
        page.goto(f"{site}/claims")
        for name in ("JSON", "CSV"):
            address = page.get_by_role("link", name=name, exact=True).get_attribute("href")
            assert page.request.get(site + address).ok


def test_the_keyboard_reaches_the_content_first(browser, site):
    with opened(browser) as page:
        page.goto(site)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main"
