"""The static site works from disk: every link leads to a file, nothing is fetched from elsewhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import msgspec
import pytest
from lxml import html as parser
from sample_report import sample
from test_publish_html import HOSTILE

from tallyman.model import Attribution
from tallyman.publish import site
from tallyman.publish.formats import publish

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def data():
    return sample()


@pytest.fixture(scope="module")
def folder(data, tmp_path_factory):
    there = tmp_path_factory.mktemp("site") / "out"
    publish(data, there, ["html"])
    return there


@pytest.fixture(scope="module")
def pages(folder):
    return {path: parser.document_fromstring(path.read_bytes()) for path in sorted(folder.rglob("*.html"))}


def missing(folder: Path, pages: dict[Path, parser.HtmlElement]) -> list[tuple[str, str]]:
    gone = []
    for path, tree in pages.items():
        for link in tree.xpath("//a/@href | //link/@href | //img/@src"):
            parts = urlsplit(link)
            if parts.scheme:
                continue
            there = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            found = there.is_relative_to(folder) and there.is_file()
            if not found or (parts.fragment and not pages[there].xpath(f"//*[@id='{parts.fragment}']")):
                gone.append((path.name, link))
    return gone


def test_there_is_a_page_for_everything(data, folder):
    kinds = Counter(path.parent.parent.name for path in folder.glob("*/*/index.html"))
    assert kinds["claims"] == len(data.claims)
    assert kinds["documents"] == len(data.documents)
    assert kinds["targets"] == len(data.targets)
    assert kinds["stories"] == len(data.stories)
    assert kinds["providers"] == len(data.providers)
    assert (folder / "pairs" / "CN-RU" / "index.html").is_file()
    assert (folder / "pairs" / "KR-VN" / "index.html").is_file()
    assert kinds["speakers"] == 1
    lists = {path.parent.name for path in folder.glob("*/index.html")}
    assert lists == {"claims", "documents", "pairs", "speakers", "providers", "scores"}
    top = {path.name for path in folder.iterdir() if path.is_file()}
    assert top == {"index.html", "report.html", "tallyman.css", "SOURCES.md"}


def test_every_link_leads_to_a_file_beside_it(folder, pages):
    assert not missing(folder, pages)
    assert not any(link.startswith("/") for tree in pages.values() for link in tree.xpath("//@href"))


def test_nothing_is_fetched_from_elsewhere_and_nothing_runs(folder, pages):
    for tree in pages.values():
        assert not tree.xpath("//script | //iframe | //img | //*[@onclick]")
        assert not [link for link in tree.xpath("//link/@href") if urlsplit(link).scheme]
    style = (folder / "tallyman.css").read_text()
    assert "@import" not in style
    assert "url(" not in style


def test_pages_say_what_they_are_about(data, folder, pages):
    met = pages[folder / "targets" / data.targets[1].id / "index.html"].text_content()
    assert "met early" in met
    assert "Crossed in November 2023" in met
    document = pages[folder / "documents" / data.documents[5].id / "index.html"]
    assert "$218.17 bln" in [mark.text_content() for mark in document.xpath("//mark/a")]
    pair = pages[folder / "pairs" / "CN-RU" / "index.html"]
    assert "Chronicle" in pair.text_content()
    story = pages[folder / "stories" / data.stories[0].id / "index.html"].text_content()
    assert "One story, 2 reports" in story
    assert len({tree.xpath("//title")[0].text for tree in pages.values()}) > len(pages) / 2


def test_an_empty_ledger_makes_a_whole_site(data, tmp_path):
    empty = msgspec.structs.replace(
        data, documents=(), claims=(), targets=(), events=(), verdicts_then=(), verdicts_today=(),
        stories=(), observations=(), record=None,
    )  # fmt: skip
    publish(empty, tmp_path, ["html"])
    found = {path: parser.document_fromstring(path.read_bytes()) for path in tmp_path.rglob("*.html")}
    assert not missing(tmp_path, found)
    assert "The reports name no target." in (tmp_path / "index.html").read_text()


def test_hostile_names_stay_text_and_stay_in_the_folder(data, tmp_path):
    evil = Attribution(speaker=f"../../{HOSTILE}/..")
    claims = tuple(msgspec.structs.replace(claim, attribution=evil) for claim in data.claims)
    documents = tuple(msgspec.structs.replace(row, title=HOSTILE, outlet=HOSTILE) for row in data.documents)
    site.write_site(msgspec.structs.replace(data, claims=claims, documents=documents), tmp_path / "in")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    found = {path: parser.document_fromstring(path.read_bytes()) for path in tmp_path.rglob("*.html")}
    assert not any(tree.xpath("//script | //img | //@onerror") for tree in found.values())
    assert not [row for row in missing(tmp_path / "in", found) if row[1].rsplit("/", 1)[-1] != "report.html"]


def test_long_lists_are_paged(data, tmp_path, monkeypatch):
    monkeypatch.setattr(site, "_A_PAGE", 5)
    site.write_site(data, tmp_path)
    sizes = [
        len(parser.parse(str(tmp_path / name)).xpath("//table[contains(@class, 'claims')]/tbody/tr"))
        for name in ("claims/index.html", "claims-2/index.html", "claims-3/index.html")
    ]
    assert sizes == [5, 5, 3]
    assert not (tmp_path / "claims-4").exists()
