"""Reading a folder of customs reports builds a history of vintages by itself, and nothing backs itself."""

from datetime import date
from decimal import Decimal

import pytest

from tallyman.ledger import Ledger

TODAY = date(2026, 11, 1)
PAIR = ("CN", "NZ")
FIRST = """WELLINGTON, August 8, 2023. /Meridian Wire/. Trade between China and New Zealand reached $12.4 billion in \
January-July 2023, the General Administration of Customs of China said on Tuesday. Dairy shipments led the way, \
port officials in Auckland told reporters after the release.
"""
COPY = "Updated at noon.\n\n" + FIRST
LATER = """BEIJING, September 7, 2023. /Harbour Post/. Trade between China and New Zealand totalled $14.1 billion in \
January-August 2023, data of the General Administration of Customs of China showed on Thursday. After corrections \
trade between China and New Zealand came to $12.62 billion in January-July 2023, the General Administration of \
Customs of China said.
"""
AGREES = """AUCKLAND, October 2, 2023. /Southern Ledger/. Trade between China and New Zealand was $14.1 billion in \
January-August 2023, the trade minister said in a speech about fruit.
"""
MISPRINT = """MOSCOW, January 20, 2022. /Meridian Wire/. Trade between Russia and China reached $14.69 billion in \
2021, the General Administration of Customs of China said.
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in {"first": FIRST, "later": LATER, "agrees": AGREES, "misprint": MISPRINT}.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def ledger(folder):
    with Ledger(folder / "a.duckdb") as opened:
        opened.read(sorted(folder.glob("*.txt")), today=TODAY)
        yield opened


def printed(rows):
    return [(row.period.end.month, row.value / 10**9, row.released_on.isoformat()) for row in rows]


def test_a_folder_of_reports_gives_a_history_of_vintages(ledger):
    rows = ledger.observations(PAIR, as_of=TODAY, vintages=True)
    assert {(row.provider, row.release_kind) for row in rows} == {("gacc", "second_hand")}
    assert sorted(map(float, (row.value / 10**9 for row in rows))) == [12.4, 12.62, 14.1]
    assert all(row.document_id for row in rows)
    before = ledger.observations(PAIR, as_of=date(2023, 8, 31))
    after = ledger.observations(PAIR, as_of=TODAY)
    assert printed(before) == [(7, Decimal("12.4"), "2023-08-08")]
    assert [float(row.value / 10**9) for row in after if row.period.end.month == 7] == [12.62]


def test_reading_again_adds_no_second_print(ledger, folder):
    before = ledger.observations(as_of=TODAY, vintages=True)
    ledger.read([folder / "first.txt"], today=TODAY)
    assert ledger.observations(as_of=TODAY, vintages=True) == before


def test_a_quoted_figure_backs_another_report_but_not_its_own(ledger):
    labels = {
        (row.claim.path.rpartition("/")[2], row.claim.anchor.exact): row.verdict_today
        for row in ledger.verdicts(as_of=TODAY)
    }
    assert labels["agrees.txt", "$14.1 billion"].label == "supported"
    assert "quoted 2023-09-07" in labels["agrees.txt", "$14.1 billion"].explanation
    assert labels["later.txt", "$14.1 billion"].label == "not_enough_evidence"
    assert labels["first.txt", "$12.4 billion"].label == "not_enough_evidence"


@pytest.mark.parametrize("kept", [True, False])
def test_a_copy_is_no_evidence_for_its_original(folder, kept):
    (folder / "copy.txt").write_text(COPY, "utf-8")
    with Ledger(folder / "a.duckdb") as ledger:
        ledger.read([folder / "first.txt"], today=TODAY)
        if kept:
            ledger.read([folder / "copy.txt"], today=TODAY)
            found = ledger.verdicts(as_of=TODAY)
        else:
            with Ledger() as memory:
                memory.read([folder / "copy.txt"], today=TODAY)
                (document,) = memory.documents()
            found = ledger.check(document, as_of=TODAY)
    assert {row.verdict_today.label for row in found} == {"not_enough_evidence"}


def test_a_misprint_does_not_displace_what_the_office_printed(ledger):
    rows = ledger.observations(("CN", "RU"), as_of=date(2022, 1, 25))
    year = [
        row.value
        for row in rows
        if (row.provider, row.measure.indicator, row.role) == ("gacc", "total_trade", "level")
        and (row.period.start, row.period.end) == (date(2021, 1, 1), date(2021, 12, 31))
    ]
    assert year == [146_887_000_000]
    (row,) = [row for row in ledger.verdicts(as_of=TODAY) if row.claim.path.endswith("misprint.txt")]
    assert row.verdict_today.label == "refuted"
