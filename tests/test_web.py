from __future__ import annotations

import csv
import io
import json
import logging
import re
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import msgspec
import pytest
from lxml import html as parser
from sample_report import links, sample

litestar = pytest.importorskip("litestar", reason="pages need the [web] extra")
from litestar.testing import TestClient  # noqa: E402

from tallyman import demo  # noqa: E402
from tallyman.ledger import Ledger  # noqa: E402
from tallyman.model import Document, TallymanError  # noqa: E402
from tallyman.web.application import application  # noqa: E402
from tallyman.web.book import Book  # noqa: E402
from tallyman.web.current import Current  # noqa: E402
from tallyman.web.folders import Folder, clear_stale  # noqa: E402
from tallyman.web.listing import ClaimFilter  # noqa: E402
from tallyman.web.served import write_served  # noqa: E402
from tallyman.web.server import Publisher  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

logging.getLogger("httpx").setLevel(logging.WARNING)
HOSTILE = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)> '; DROP TABLE claims; -- =1+1"
PAGE = {"accept": "text/html"}


@pytest.fixture(scope="module")
def data():
    return sample()


@pytest.fixture(scope="module")
def copy(data, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("web") / "served.duckdb"
    write_served(data, path, links=links(data.documents))
    return path


@pytest.fixture(scope="module")
def client(copy):
    with TestClient(application(copy)) as made:
        yield made


@pytest.fixture(scope="module")
def addresses(data):
    target, claim, document = data.targets[1].id, data.claims[8].id, data.documents[1].id
    return [
        "/", "/targets", f"/targets/{target}", "/claims", f"/claims/{claim}", "/documents",
        f"/documents/{document}", "/stories", f"/stories/{data.stories[0].id}", "/pairs", "/pairs/CN-RU", "/speakers",
        "/speakers/Xi%20Jinping", "/providers", "/providers/gacc", "/scores", f"/targets/{target}/chances",
        "/api",
    ]  # fmt: skip


def test_every_page_is_whole_and_links_only_to_what_exists(client, addresses):
    seen = set()
    for address in addresses:
        answer = client.get(address, headers=PAGE)
        assert answer.status_code == 200, address
        tree = parser.document_fromstring(answer.text)
        assert len(tree.xpath("//h1")) == 1
        assert len(tree.xpath("//main")) == 1
        assert tree.xpath("//title")[0].text
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        seen |= {link for link in tree.xpath("//@href | //@src | //@action") if link.startswith("/")}
        assert not [link for link in tree.xpath("//@src") if not link.startswith("/")]
    for link in sorted(seen):
        assert client.get(link.split("#")[0]).status_code == 200, link


def test_every_page_has_its_twins(client, addresses):
    for address in addresses[1:-1]:
        found = client.get(f"{address}.json").json()
        assert found["as_of"] == "2026-11-22"
        assert re.fullmatch("[0-9a-f]{16}", found["edition"])
        rows = list(csv.reader(io.StringIO(client.get(f"{address}.csv").text)))
        assert len({len(row) for row in rows}) == 1
    for address in ("/claims.atom", "/targets.atom", "/documents.atom"):
        feed = feedparser.parse(client.get(address).content)
        assert not feed.bozo
        assert feed.entries


def test_json_follows_its_schema(client, addresses):
    jsonschema = pytest.importorskip("jsonschema", reason="pip install jsonschema to validate answers")
    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for address in addresses[1:-1]:
        template = re.sub(r"^(/\w+)/[^/]+", r"\1/{ref}", address)
        place = template if template.endswith("{ref}") else f"{template}.json"
        schema = described["paths"][place]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        answer = client.get(f"{address}.json").json()
        jsonschema.Draft202012Validator({**schema, "components": described["components"]}).validate(answer)


def test_claims_are_filtered_counted_and_paged(client, data):
    everything = client.get("/claims.json").json()
    assert everything["total"] == len(data.claims)
    counts = {row["value"]: row["count"] for row in everything["facets"]["verdict"]}
    for label, count in counts.items():
        found = client.get("/claims.json", params={"verdict": label}).json()
        assert found["total"] == count == len(found["items"])
        assert {row["verdict_today"]["label"] for row in found["items"]} == {label}
    ids, after = [], None
    while True:
        found = client.get(
            "/claims.json", params={"limit": 4} | ({"after": after} if after is not None else {})
        ).json()
        ids += [row["claim"]["id"] for row in found["items"]]
        after = found["next"]
        if after is None:
            break
    assert sorted(ids) == sorted(claim.id for claim in data.claims)
    assert client.get("/claims.json?q=PESKOV").json()["total"] > 0
    assert client.get("/claims.json?q=Peskov+Hanoi").json()["total"] == 0
    assert client.get("/claims.json?pair=russia-china").json()["total"] == counts_of(data, "CN-RU")


def counts_of(data, pair: str) -> int:
    return sum(
        {claim.measure.reporter, claim.measure.partner} == set(pair.split("-")) for claim in data.claims
    )


def test_a_past_day_is_replayed(client, data):
    misprint = next(claim for claim in data.claims if claim.anchor.exact == "$134.1 mln")
    assert client.get(f"/claims/{misprint.id}?as_of=2023-08-07").status_code == 404
    assert client.get(f"/claims/{misprint.id}?as_of=2023-08-08").status_code == 200
    for limit in (1, 2, 25):
        replayed = client.get(f"/claims.json?as_of=2022-12-30&limit={limit}").json()
        assert replayed["total"] == 2
        assert sum(row["count"] for row in replayed["facets"]["verdict"]) == 2
    target = data.targets[1].id
    then = client.get(f"/targets/{target}.json?as_of=2023-11-30").json()
    assert then["target"]["status"] == "open"
    now = client.get(f"/targets/{target}.json").json()
    assert now["target"]["status"] == "met_early"
    page = client.get("/?as_of=2023-11-30", headers=PAGE).text
    assert "Replayed: what was known on 30 Nov 2023" in page
    assert 'href="/targets?as_of=2023-11-30"' in page
    chart = client.get(f"/targets/{target}.vl.json?as_of=2023-11-30").json()
    assert "as known on 30 Nov 2023" in json.dumps(chart["datasets"])


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/claims?colour=red", 400, "colour: no such parameter; use after, as_of, indicator"),
        ("/claims?limit=1&limit=2", 400, "limit: given more than once"),
        ("/claims?limit=100000", 400, "limit: Expected `int` <= 200"),
        ("/claims?limit=-1", 400, "limit"),
        ("/claims?after=99999999999999999999", 400, "after"),
        ("/claims?as_of=2022-02-30", 400, "as_of"),
        ("/claims?as_of=9999-12-31", 400, "nothing is known here after 2026-11-22"),
        ("/claims?pair=CN-CN", 404, "China twice"),
        ("/claims?q=" + "x" * 300, 400, "q"),
        ("/claims/clm_0", 404, "'clm_0': no such claim"),
        ("/claims/clm_0.json", 404, "no such claim"),
        ("/documents/doc_0", 404, "no such document"),
        ("/stories/sty_0", 404, "no such story"),
        ("/targets/tgt_0.svg", 404, "no such target"),
        ("/pairs/atlantis-lemuria", 404, "atlantis"),
        ("/pairs/FJ-TO", 404, "no such pair"),
        ("/speakers/Nobody", 404, "no such speaker"),
        ("/providers/nobody", 404, "no such provider"),
        ("/stories/sty_0.json", 404, "stand at /stories"),
        ("/pairs/CN-RU.svg?as_of=1900-01-01", 404, "nothing is known to draw"),
        ("/scores.png", 404, "nothing is known to draw"),
        ("/targets/tgt_0/chances.svg", 404, "no such target"),
        ("/nowhere", 404, "Not Found"),
        ("/api?x=1", 400, "x: no such parameter"),
    ],
)  # fmt: skip
def test_errors_have_one_shape(client, address, status, words):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "instance"}
    assert problem["status"] == status
    assert words in problem["detail"]
    page = client.get(address, headers=PAGE)
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")


def test_head_answers_as_get_without_the_body(client, addresses):
    ends = ["", ".json", ".csv"]
    others = [
        "/claims.atom",
        "/targets.atom",
        "/openapi.json",
        "/tallyman.css",
        "/tallyman.js",
        "/index.json",
    ]
    for address in [*(f"{place}{end}" for place in addresses[1:-1] for end in ends), "/", "/api", *others]:
        full, head = client.get(address), client.head(address)
        assert (head.status_code, head.content) == (200, b""), address
        for name in ("etag", "content-type", "content-length"):
            assert head.headers[name] == full.headers[name], (address, name)
    assert client.head("/claims/none").status_code == 404
    assert client.head("/claims?colour=red").status_code == 400
    tag = client.head("/claims").headers["etag"]
    assert client.head("/claims", headers={"if-none-match": tag}).status_code == 304


def test_no_address_takes_an_unknown_parameter(client, addresses):
    fixed = ["/openapi.json", "/tallyman.css", "/tallyman.js", "/tallyman.svg", "/claims.atom", "/index.csv"]
    for address in [*addresses, *(f"{place}.json" for place in addresses[1:-1]), *fixed]:
        answer = client.get(f"{address}?colour=red")
        assert answer.status_code == 400, address
        assert "colour: no such parameter" in answer.json()["detail"]


def test_every_page_can_be_replayed(client, addresses):
    for address in addresses[:-1]:
        page = client.get(f"{address}?as_of=2024-03-01", headers=PAGE)
        assert page.status_code == 200, address
        assert "Replayed: what was known on 1 Mar 2024" in page.text, address
        for link in parser.document_fromstring(page.text).xpath("//main//a/@href"):
            back = link == address.split("?")[0]
            assert back or not link.startswith("/") or "as_of=2024-03-01" in link, (address, link)


def test_the_record_stands_on_its_page_and_on_that_of_its_pair(client, data):
    pytest.importorskip("numpy", reason="scores need the [forecast] extra")
    found = client.get("/scores.json").json()
    assert len(found["items"]) == len(data.record)
    assert {row["made"] for row in found["standings"]} >= {"issued", "naive beside issued"}
    issued = next(row for row in found["items"] if row["made"] == "issued" and row["scores"])
    rows = list(csv.DictReader(io.StringIO(client.get("/scores.csv").text)))
    line = next(row for row in rows if row["id"] == issued["forecast"]["id"])
    assert {row["metric"] for row in issued["scores"]} >= {"crps", "brier"}
    assert float(line["crps"]) > 0
    for place in ("/scores", "/pairs/CN-RU"):
        assert "ours, as issued" in client.get(place, headers=PAGE).text
    earlier = client.get("/scores.json?as_of=2023-06-01").json()
    assert not any(row["scores"] for row in earlier["items"])
    assert client.get("/scores.json?as_of=2023-05-11").json()["items"] == []
    assert client.get("/scores.svg").status_code == 404


def test_how_a_chance_moved_is_kept_or_replayed(client, data):
    pytest.importorskip("numpy", reason="chances need the [forecast] extra")
    met = data.targets[1]
    place = f"/targets/{met.id}/chances"
    rows = client.get(f"{place}.json").json()["items"]
    days = [row["forecast"]["as_of"] for row in rows]
    assert days == sorted(days)
    assert days[0] == met.set_on.isoformat()
    assert days[-1] == "2023-12-06", "it was met on the next day"
    kept = [row for row in rows if row["made"] == "issued"]
    assert [row["forecast"]["as_of"] for row in kept] == ["2023-05-12"]
    assert {row["made"] for row in rows} == {"issued", "replayed"}
    then = client.get(f"{place}.json?as_of=2023-05-12").json()["items"]
    told = [row["forecast"] for row in then if row["forecast"]["provider"] == "gacc"]
    assert told == [
        row["forecast"]
        for row in rows
        if row["forecast"]["provider"] == "gacc" and row["forecast"]["as_of"] <= "2023-05-12"
    ]
    assert "12 May 2023" in client.get(f"/targets/{met.id}", headers=PAGE).text
    spec = client.get(f"{place}.vl.json").json()
    assert len(spec["datasets"]["chances"]) == len(rows)
    assert spec["datasets"]["source"][0]["text"].startswith("Source: China's customs")


def test_a_provider_tells_how_recently_it_released_something(client):
    health = client.get("/providers/gacc.json").json()["health"]
    assert health["released_on"] == "2026-09-08"
    assert health["since"] == (date(2026, 11, 22) - date(2026, 9, 8)).days
    assert 20 <= health["usual"] <= 40
    assert health["late"]
    then = client.get("/providers/gacc.json?as_of=2026-09-20").json()["health"]
    assert (then["since"], then["late"]) == (12, False)
    assert "late: twice its usual time" in client.get("/providers/gacc", headers=PAGE).text


def test_the_scoreboard_shows_progress_and_months_ahead(client):
    page = client.get("/", headers=PAGE).text
    assert "13 months ahead" in page
    tree = parser.document_fromstring(page)
    bars = tree.xpath("//progress")
    assert bars
    assert all(bar.get("aria-label") for bar in bars)


def test_only_reading_is_allowed(client):
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/claims").status_code == 405


def test_the_same_edition_is_not_sent_twice(client):
    first = client.get("/claims")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/claims", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get("/targets", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_other_sites_may_read_but_nothing_foreign_runs(client):
    answer = client.get("/claims.json", headers={"origin": "https://other.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    policy = client.get("/", headers=PAGE).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy


def test_charts_can_be_embedded(client, data):
    pytest.importorskip("vl_convert", reason="pictures need the [web] extra")
    for place in (f"/targets/{data.targets[1].id}", "/pairs/CN-RU"):
        drawn = client.get(f"{place}.svg")
        assert drawn.headers["content-type"] == "image/svg+xml"
        assert "Source: China&#39;s customs" in drawn.text or "Source: China's customs" in drawn.text
        assert client.get(f"{place}.png").content.startswith(b"\x89PNG")
        assert (
            client.get(f"{place}.vl.json")
            .json()["$schema"]
            .startswith("https://vega.github.io/schema/vega-lite")
        )


def test_open_targets_carry_their_chances(client, data):
    pytest.importorskip("numpy", reason="chances need the [forecast] extra")
    place = f"/targets/{data.targets[0].id}"
    (leading, *_) = client.get(f"{place}.json").json()["chances"]
    assert leading["provider"] == "gacc"
    assert 0.5 < leading["probability"] <= 1
    then = client.get(f"{place}.json?as_of=2022-06-30").json()["chances"][0]
    assert then["forecast"]["as_of"] == "2022-06-30"
    assert then["probability"] < leading["probability"]
    assert "What will become of it" in client.get(place, headers=PAGE).text
    assert client.get(f"/targets/{data.targets[1].id}.json").json()["chances"] == []
    bands = client.get("/pairs/CN-RU.vl.json?as_of=2023-11-08").json()["datasets"]["wide"]
    assert [band["start"][:4] for band in bands] == ["2023"]
    assert bands[0]["low"] < 240.11 < bands[0]["high"]


def test_what_is_sent_varies_with_what_is_accepted(client):
    for headers in ({"accept-encoding": "gzip"}, {"accept-encoding": "identity"}):
        assert client.get("/claims", headers=headers).headers["vary"] == "Accept, Accept-Encoding"


def test_a_slash_at_the_end_leads_to_the_same_twins(client):
    tree = parser.document_fromstring(client.get("/claims/", headers=PAGE).text)
    twins = tree.xpath("//p[@class='twins']/a/@href")
    assert twins == ["/claims.json", "/claims.csv", "/claims.atom"]


def test_hostile_text_and_parameters_stay_text(data, tmp_path):
    text = f"{HOSTILE} $5 billion\n"
    evil = Document(
        id="doc_evil", text=text, sha256="", title=HOSTILE, outlet=HOSTILE, url="javascript:alert(3)"
    )
    start = text.index("$5 billion")
    told = data.claims[1]
    claim = msgspec.structs.replace(
        told,
        id="clm_evil",
        document_id="doc_evil",
        anchor=msgspec.structs.replace(told.anchor, start=start, end=start + 10, exact="$5 billion"),
        clause=msgspec.structs.replace(told.clause, start=0, end=len(text) - 1, exact=text[:-1]),
        attribution=msgspec.structs.replace(told.attribution, holder=HOSTILE),
    )
    path = tmp_path / "evil.duckdb"
    write_served(
        msgspec.structs.replace(data, title=HOSTILE, documents=(evil,), claims=(claim,), stories=()), path
    )
    with TestClient(application(path)) as client:
        quoted = "%3Cscript%3Ealert(1)%3C%2Fscript%3E"
        for address in (
            "/", "/claims", "/claims/clm_evil", "/documents", "/documents/doc_evil", "/speakers",
            f"/claims?q={quoted}", f"/claims?speaker={quoted}", f"/documents?q={quoted}",
            f"/pairs/{quoted}-{quoted}",
            "/claims?q='%20OR%201=1%20--",
        ):  # fmt: skip
            page = client.get(address, headers=PAGE).text
            tree = parser.document_fromstring(page)
            assert not tree.xpath("//script[not(@src)] | //@onerror"), address
            assert not [link for link in tree.xpath("//@href") if link.startswith("javascript")]
        assert client.get("/claims.json?q='%20OR%201=1%20--").json()["total"] == 0
        cells = next(csv.DictReader(io.StringIO(client.get("/documents.csv").text)))
        assert not cells["title"].startswith(("=", "+", "-", "@"))


def until(come_true: Callable[[], bool], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not come_true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_newer_copy_is_served_without_a_restart(data, tmp_path):
    path, now = tmp_path / "served.duckdb", [0.0]
    write_served(msgspec.structs.replace(data, title="first"), path)
    current = Current(path, clock=lambda: now[0])
    held = current.book()
    write_served(msgspec.structs.replace(data, title="second"), path)
    assert current.book().title == "first"
    now[0] = 2.0
    until(lambda: current.book().title == "second")
    assert held.claims(ClaimFilter(), as_of=held.as_of).total == len(data.claims)
    path.write_bytes(b"torn")
    now[0] = 4.0
    current.book()
    until(lambda: current._lock.acquire(blocking=False))
    assert current._book.title == "second"
    assert not [left for left in tmp_path.iterdir() if left != path]


def test_what_is_no_copy_is_refused(tmp_path):
    path = tmp_path / "x.duckdb"
    path.write_bytes(b"not a database")
    with pytest.raises(TallymanError, match="no published copy"):
        Book(path)
    with Ledger(tmp_path / "ledger.duckdb") as book:
        book.store.add_documents([])
    with pytest.raises(TallymanError, match="no published copy"):
        Book(tmp_path / "ledger.duckdb")


def test_the_publisher_follows_ledger_and_day(tmp_path):
    ledger, copy, days = tmp_path / "l.duckdb", tmp_path / "served.duckdb", [date(2026, 11, 22)]
    with Ledger(ledger) as book:
        book.store.add_documents(demo.documents()[:2])
    publisher = Publisher(ledger, copy, title="t", today=lambda: days[0])
    assert publisher.publish()
    assert not publisher.publish()
    first = Book(copy)
    with Ledger(ledger) as book:
        book.store.add_documents(demo.documents()[2:4])
    assert publisher.publish()
    second = Book(copy)
    assert second.edition != first.edition
    assert second.library(None, as_of=days[0])[1] == 4
    days[0] = date(2026, 11, 23)
    assert publisher.publish()
    with pytest.raises(TallymanError, match="no such ledger"):
        Publisher(tmp_path / "none.duckdb", copy, title="t", today=lambda: days[0]).publish()


KILLED = """
import sys, time
from tallyman.web.folders import Folder
held = Folder()
print(held.path, flush=True)
time.sleep(60)
"""


def test_folders_of_a_killed_server_are_cleared_and_no_others(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    command = [sys.executable, "-c", KILLED]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own
        left = Path(server.stdout.readline().strip())
        kept = Folder()
        clear_stale()
        assert left.exists(), "its process still runs"
        server.kill()
    clear_stale()
    assert not left.exists()
    assert kept.path.exists()
    kept.remove()
    assert list(tmp_path.iterdir()) == []


def test_the_same_rows_make_the_same_edition(data, copy, tmp_path):
    again = tmp_path / "again.duckdb"
    write_served(data, again, links=links(data.documents))
    assert Book(again).edition == Book(copy).edition
    shutil.copy(again, tmp_path / "moved.duckdb")
    assert Book(tmp_path / "moved.duckdb").edition == Book(copy).edition
