from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tallyman import demo

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
REPORTS = {document.path.removeprefix("demo/"): document for document in demo.documents()}
shared_only = pytest.mark.skipif(not SHARED.exists(), reason=f"material not here: {SHARED}")


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9$£.,%]+", text.lower())


def shingles(text: str, size: int) -> set[tuple[str, ...]]:
    tokens = words(text)
    return {tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1)}


def containment(a: str, b: str) -> float:
    first, second = shingles(a, 3), shingles(b, 3)
    return len(first & second) / min(len(first), len(second))


def test_every_file_has_metadata_and_sources_and_nothing_else_lies_there():
    folder = Path(demo.__file__).parent / "reports"
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(report.file for report in demo.reports())
    assert names == sorted(source.file for source in demo.sources())
    assert len(names) >= 14


def test_reports_cover_many_pairs():
    assert len({"-".join(name.split("-")[:2]) for name in REPORTS}) >= 10


@pytest.mark.parametrize("report", demo.reports(), ids=lambda report: report.file)
def test_report_is_short_and_reads_like_a_wire(report):
    text = REPORTS[report.file].text
    assert 60 <= len(text.split()) <= 260
    assert text.endswith("\n")
    assert "\r" not in text
    assert report.title.lower() in text.lower()
    assert all(figure in text for figure in report.wrong)
    assert re.search(r"^[A-Z. ]+[,.-]? .*\((.+)\)", text, re.MULTILINE)


@pytest.mark.parametrize("source", demo.sources(), ids=lambda source: source.file)
def test_every_official_figure_stands_in_the_report(source):
    text = REPORTS[source.file].text
    for row in source.rows:
        assert row.url.startswith("http")
        printed = {str(row.value), str(row.growth)} & set(re.findall(r"\d+(?:\.\d+)?", text))
        trillion = row.id == "PR0063" and "$1.054 trillion" in text
        two_digits = row.id == "PR0005" and "$13.12 billion" in text
        assert printed or trillion or two_digits, row


def test_the_copy_and_the_rewrites_are_one_story():
    wire = REPORTS["cn-ru-2023-01-year.txt"].text
    copy = REPORTS["cn-ru-2023-01-year-copy.txt"].text
    body = [line for line in wire.splitlines() if line]
    assert all(line in copy for line in body)
    for name in ("riga", "almaty"):
        assert 0.2 <= containment(wire, REPORTS[f"cn-ru-2023-01-year-rewrite-{name}.txt"].text) < 0.8
    others = [d.text for name, d in REPORTS.items() if not name.startswith("cn-ru-2023-01")]
    assert max(containment(wire, text) for text in others) < 0.15


@shared_only
def test_sources_agree_with_the_fact_tables():
    facts = {}
    for name in ("gacc_china_russia.csv", "pairs.csv"):
        with (SHARED / "facts" / name).open(encoding="utf-8", newline="") as file:
            facts |= {(row["row_group"], row["flow"]): row for row in csv.DictReader(file)}
    with (SHARED / "facts" / "targets.csv").open(encoding="utf-8", newline="") as file:
        targets = {row["target_id"]: row for row in csv.DictReader(file)}
    for source in demo.sources():
        for row in source.rows:
            fact = facts[row.id, row.flow]
            assert fact["source_url"] == row.url
            assert (fact["value_usd_bn"] or fact.get("value_local_bn", "")) == (row.value or "")
            assert fact["yoy_pct"] == (row.growth or "")
            assert (fact["period_start"], fact["period_end"]) == (str(row.start), str(row.end))
        for target in source.targets:
            assert targets[target.id]["source_url_1"] == target.url


@shared_only
def test_no_sentence_of_the_seeds_is_in_a_report():
    seeds = set().union(
        *(shingles(path.read_text(encoding="utf-8"), 8) for path in (SHARED / "seeds").glob("*.txt"))
    )
    assert seeds
    for name, document in REPORTS.items():
        assert not shingles(document.text, 8) & seeds, name
