from __future__ import annotations

import csv
import json
import re
from datetime import date
from decimal import Decimal

import duckdb
import feedparser
import msgspec
import pytest
from sample_report import sample

from tallyman.model import Claim, Document, Observation, TallymanError, Verdict
from tallyman.publish import formats, tables, view
from tallyman.publish.claimreview import review
from tallyman.publish.formats import writers

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "<script>alert(1)</script>",
    "a\x00b\x1bc",
    "]]>&lt;",
]
SITE = "https://tally.example/"


def publish(data, folder, names, **told):
    """Publish, and return the files but for the list of sources, which always goes along."""
    *written, sources = formats.publish(data, folder, names, **told)
    assert sources.name == "SOURCES.md"
    return written


@pytest.fixture(scope="module")
def data():
    return sample()


@pytest.fixture(scope="module")
def hostile(data):
    documents = tuple(
        msgspec.structs.replace(document, title=text, outlet=text)
        for document, text in zip(data.documents, HOSTILE, strict=False)
    )
    verdicts = tuple(
        msgspec.structs.replace(verdict, explanation=HOSTILE[place % len(HOSTILE)])
        for place, verdict in enumerate(data.verdicts_today)
    )
    claims = tuple(
        msgspec.structs.replace(
            claim,
            attribution=msgspec.structs.replace(claim.attribution, speaker=HOSTILE[place % len(HOSTILE)]),
        )
        for place, claim in enumerate(data.claims)
    )
    return msgspec.structs.replace(
        data, title=HOSTILE[5], documents=documents, claims=claims, verdicts_today=verdicts
    )


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_holds_every_row_with_plain_figures(data, tmp_path):
    written = {path.stem: path for path in publish(data, tmp_path, ["csv"])}
    assert set(written) == set(tables.layouts())
    claims = rows_of(written["claims"])
    assert len(claims) == len(data.claims)
    target = next(row for row in claims if row["exact"] == "$250 bln")
    assert (target["value"], target["unit"], target["holder"]) == ("250000000000", "USD", "Xi Jinping")
    assert target["verdict_today"] == "not_enough_evidence"
    observations = rows_of(written["observations"])
    assert len(observations) == len(data.observations)
    assert not any("E" in row["value"] for row in observations)
    assert any(row["value"].startswith("-") for row in observations)


def test_no_text_cell_of_csv_can_run_as_a_formula(hostile, tmp_path):
    for path in publish(hostile, tmp_path, ["csv"]):
        numbers = {c.name for c in tables.layouts()[path.stem].columns if c.type in {"number", "integer"}}
        for row in rows_of(path):
            for name, cell in row.items():
                assert name in numbers or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (name, cell)


def test_jsonl_gives_back_the_records(data, tmp_path):
    written = {path.stem: path for path in publish(data, tmp_path, ["jsonl"])}
    lines = written["claims"].read_bytes().splitlines()
    first = json.loads(lines[0])
    assert first["claim"]["quantity"]["value"] == "250000000000"
    assert msgspec.convert(first["claim"], Claim, strict=False) == view.claim_views(data)[0].claim
    assert msgspec.convert(first["verdict_today"], Verdict, strict=False).label == "not_enough_evidence"
    documents = [
        msgspec.json.decode(line, type=Document) for line in written["documents"].read_bytes().splitlines()
    ]
    assert documents == list(data.documents)
    rows = [
        msgspec.json.decode(line, type=Observation)
        for line in written["observations"].read_bytes().splitlines()
    ]
    assert rows == list(data.observations)


def test_parquet_is_typed_and_documented(data, tmp_path):
    written = {path.stem: path for path in publish(data, tmp_path, ["parquet"])}
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {f"{name}.parquet" for name in written} | {"SOURCES.md"}
    with duckdb.connect() as con:
        value, said_on, negated = con.execute(
            "SELECT value, said_on, negated FROM read_parquet(?) WHERE exact = '$134.1 mln'",
            [str(written["claims"])],
        ).fetchone()
        notes = dict(
            con.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(written["claims"])]).fetchall()
        )
        count = con.execute("SELECT count(*) FROM read_parquet(?)", [str(written["observations"])]).fetchone()
    assert (value, said_on, negated) == (Decimal(134100000), date(2023, 8, 8), False)
    assert count == (len(data.observations),)
    for column in tables.layouts()["claims"].columns:
        assert notes[f"column.{column.name}".encode()].decode() == column.meaning


def test_parquet_keeps_hostile_text(hostile, tmp_path):
    written = {path.stem: path for path in publish(hostile, tmp_path, ["parquet"])}
    with duckdb.connect() as con:
        titles = con.execute("SELECT title FROM read_parquet(?)", [str(written["documents"])]).fetchall()
    assert {title for (title,) in titles} == {document.title for document in hostile.documents}


@pytest.mark.parametrize("kind", ["data", "hostile"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
def test_datapackage_is_valid(kind, request, tmp_path):
    frictionless = pytest.importorskip(
        "frictionless", reason="pip install frictionless to validate data packages"
    )
    publish(request.getfixturevalue(kind), tmp_path, ["datapackage"])
    package = frictionless.Package(str(tmp_path / "datapackage.json"))
    found = package.validate()
    assert found.valid, found.flatten(["type", "note"])
    assert {resource.name for resource in package.resources} == {
        n.replace("_", "-") for n in tables.layouts()
    }
    assert package.licenses[0]["name"] == "Apache-2.0"
    assert {
        "title": "General Administration of Customs of China",
        "path": "http://www.customs.gov.cn",
    } in package.sources
    assert all(field.description for resource in package.resources for field in resource.schema.fields)


def test_claimreview_has_what_schema_org_requires(data, tmp_path):
    (path,) = publish(data, tmp_path, ["claimreview"], site=SITE)
    graph = json.loads(path.read_bytes())
    assert graph["@context"] == "https://schema.org"
    decided = [v for v in data.verdicts_today if v.label in {"supported", "refuted", "conflicting"}]
    assert len(graph["@graph"]) == len(decided)
    for found in graph["@graph"]:
        assert found["@type"] == "ClaimReview"
        assert found["claimReviewed"]
        assert re.fullmatch(r"https://tally\.example/claims/clm_[0-9a-f]{16}", found["url"])
        assert date.fromisoformat(found["datePublished"]) == data.as_of
        rating = found["reviewRating"]
        assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
        assert rating["alternateName"]
        assert found["author"]["name"] == "Tallyman"
        assert found["itemReviewed"]["author"]["name"]
        assert found["itemReviewed"]["appearance"]["headline"]
    misprint = next(f for f in graph["@graph"] if "$134.1 mln" in f["claimReviewed"])
    assert misprint["reviewRating"]["alternateName"] == "refuted"


def test_an_undecided_claim_has_no_review(data):
    with pytest.raises(ValueError, match="only a decided claim"):
        review(view.claim_views(data)[0])


def test_annotations_point_to_the_exact_characters(data, tmp_path):
    (path,) = publish(data, tmp_path, ["annotations"])
    page = json.loads(path.read_bytes())
    texts = {f"urn:tallyman:{document.id}": document.text for document in data.documents}
    assert len(page["items"]) == len(data.claims)
    for item in page["items"]:
        text = texts[item["target"]["source"]]
        place, quote = item["target"]["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"])
        assert text[place["end"] :].startswith(quote["suffix"])


@pytest.mark.parametrize("kind", ["data", "hostile"])
def test_feeds_are_well_formed_atom(kind, request, tmp_path):
    ledger = request.getfixturevalue(kind)
    for path in publish(ledger, tmp_path, ["atom"], site=SITE):
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.version == "atom10"
        assert feed.feed.id == f"{SITE}{path.stem}"
        assert feed.feed.updated == "2026-11-22T00:00:00Z"
        assert len({entry.id for entry in feed.entries}) == len(feed.entries) > 0
        days = [entry.updated for entry in feed.entries]
        assert days == sorted(days, reverse=True)
        assert all(entry.title and entry.summary and entry.link.startswith(SITE) for entry in feed.entries)


def test_what_became_of_targets_is_news(data, tmp_path):
    targets, _ = publish(data, tmp_path, ["atom"])
    titles = [entry.title for entry in feedparser.parse(targets.read_bytes()).entries]
    assert "Trade between China and Russia: $200 billion by 2024: met early" in titles


def test_unknown_formats_and_places_are_refused(data, tmp_path):
    with pytest.raises(TallymanError, match=r"xlsx: no such format; the formats are html, csv"):
        publish(data, tmp_path / "new", ["csv", "xlsx"])
    assert not (tmp_path / "new").exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(TallymanError, match="this is a file"):
        publish(data, tmp_path / "file", ["csv"])


def test_every_format_publishes_an_empty_ledger(data, tmp_path):
    empty = msgspec.structs.replace(
        data, documents=(), claims=(), targets=(), events=(), verdicts_then=(), verdicts_today=(),
        observations=(), stories=(), providers=(),
    )  # fmt: skip
    assert all(path.stat().st_size for path in publish(empty, tmp_path, set(writers()) - {"jsonl"}))


def test_layouts_name_fields_that_exist(data):
    for table in tables.tables(data):
        filled = {
            c.name
            for place, c in enumerate(table.layout.columns)
            if any(row[place] is not None for row in table.rows)
        }
        unfilled = {c.name for c in table.layout.columns} - filled
        assert unfilled <= {
            "agency", "url", "value_max", "product", "deadline", "relayed_by", "told_by", "supersedes",
            "note",
        }, (table.name, unfilled)  # fmt: skip


def test_sources_their_terms_and_a_citation_go_along(data, tmp_path):
    written = formats.publish(data, tmp_path, ["csv", "datapackage"])
    text = written[-1].read_text(encoding="utf-8")
    assert "Cite as: Tallyman: bundled reports, as known on 22 Nov 2026." in text
    assert "Reference statistics on trade between countries" in text
    assert "Licence: Figures are facts" in text
    assert f"{len(data.observations)} figures" in text
    assert "General Administration of Customs of China, http://www.customs.gov.cn" in text
    package = json.loads((tmp_path / "datapackage.json").read_bytes())
    assert package["citation"].startswith("Tallyman: bundled reports")
    assert package["sources"][0]["licence"].startswith("Figures are facts")


def test_every_row_of_another_source_is_on_the_terms_of_that_source(data, tmp_path):
    quoted = msgspec.structs.replace(data.observations[0], id="obs_1", release_kind="second_hand")
    fetched = msgspec.structs.replace(data.observations[0], id="obs_2", provider="comtrade")
    own = msgspec.structs.replace(data.observations[0], id="obs_3", provider="my_office")
    mixed = msgspec.structs.replace(data, observations=(quoted, fetched, own))
    text = formats.publish(mixed, tmp_path, ["csv"])[-1].read_text(encoding="utf-8")
    assert "UN Comtrade Database, United Nations" in text
    assert "the office, as quoted by the report" in text
    assert "**my_office** (my_office): 1 figures. Licence: that of the provider" in text


def test_an_entry_without_a_link_has_content_as_atom_demands(data, tmp_path):
    for path in publish(data, tmp_path, ["atom"]):
        for entry in feedparser.parse(path.read_bytes()).entries:
            assert entry.content[0].value
            assert not entry.get("link", "").startswith("http")


def test_reviews_cite_the_pages_of_their_figures(data, tmp_path):
    (path,) = publish(data, tmp_path, ["claimreview"], site=SITE)
    for found in json.loads(path.read_bytes())["@graph"]:
        assert all(cited["url"].startswith("http") for cited in found["citation"])
        assert "\n" not in found["claimReviewed"]
