from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from tallyman import demo, extract
from tallyman.engines.local import Local
from tallyman.ledger import Ledger
from tallyman.model import Document, Reject, TallymanError
from tallyman.store import connect

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
TODAY = date(2026, 11, 1)
READ = extract.claims
NEEDS_SEEDS = pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is not here")


def rows(ledger):
    return (ledger.documents(), ledger.claims(), ledger.rejects(), ledger.store.observations(vintages=True))


@pytest.fixture(scope="module")
def bundled(tmp_path_factory):
    with Ledger(tmp_path_factory.mktemp("ledger") / "demo.duckdb") as ledger:
        ledger.add(demo.documents())
        yield ledger


def test_the_shipped_statistics_are_there_without_a_file():
    with Ledger() as ledger:
        known = ledger.observations(("RU", "CN"), as_of=date(2022, 1, 20))
        year = [
            row
            for row in known
            if (row.provider, row.measure.indicator, row.role) == ("gacc", "total_trade", "level")
            and (row.period.start, row.period.end) == (date(2021, 1, 1), date(2021, 12, 31))
        ]
    assert [row.value for row in year] == [146_887_000_000]


def test_an_earlier_day_never_sees_more(bundled):
    days = [date(2022, 1, 1), date(2023, 1, 31), date(2023, 12, 31), TODAY]
    for count in (
        lambda day: {row.id for row in bundled.observations(("CN", "RU"), as_of=day, vintages=True)},
        lambda day: {row.claim.id for row in bundled.verdicts(as_of=day)},
        lambda day: {row.target.id for row in bundled.targets(as_of=day)},
    ):
        seen = [count(day) for day in days]
        assert seen == sorted(seen, key=len)
        assert all(earlier <= later for earlier, later in pairwise(seen))


def test_the_verdict_then_uses_nothing_released_later(bundled):
    released = {row.id: row.released_on for row in bundled.observations(as_of=date.max, vintages=True)}
    for row in bundled.verdicts(as_of=TODAY):
        assert row.verdict_then.as_of <= row.verdict_today.as_of
        assert all(released[key] <= row.verdict_then.as_of for key in row.verdict_then.evidence)


def version(monkeypatch, number, keep):
    """Let a version of the extractor read what this one reads, but only the claims that ``keep`` lets pass."""

    def claims(document):
        return [
            replace(claim, confidence=0.5, origin=replace(claim.origin, version=number))
            for claim in READ(document)
            if keep(claim)
        ]

    monkeypatch.setattr(extract, "claims", claims)
    monkeypatch.setattr("tallyman.intake.__version__", number)


def test_a_newer_extractor_counts_and_nothing_is_lost(tmp_path, monkeypatch):
    documents = demo.documents()[:3]
    with Ledger(tmp_path / "a.duckdb") as ledger:
        ledger.add(documents)
        old = ledger.claims()
        version(monkeypatch, "0.10.0", lambda claim: claim.document_id == documents[0].id)
        summary = ledger.add(documents)
        newest = ledger.claims()
        version(monkeypatch, "0.9.0", lambda _: True)
        assert ledger.add(documents).new_claims == 0
        assert ledger.claims() == newest
        monkeypatch.undo()
        kept = ledger.store._engine.select("SELECT count(*) FROM claims")
    assert (summary.new_documents, summary.new_claims) == (0, len(newest))
    assert [claim.id for claim in newest] == [
        claim.id for claim in old if claim.document_id == documents[0].id
    ]
    assert {claim.confidence for claim in newest} == {0.5}
    assert kept == [(len(old) + len(newest),)]


def test_reading_twice_is_reading_once(tmp_path):
    with Ledger(tmp_path / "a.duckdb") as ledger:
        first = ledger.add(demo.documents())
        before = rows(ledger)
        second = ledger.add(reversed(demo.documents()))
        assert rows(ledger) == before
    count = len(demo.documents())
    assert (first.documents, first.new_documents) == (count, count)
    assert (second.documents, second.new_documents, second.new_claims) == (count, 0, 0)


def test_a_crash_loses_the_batch_under_way_only_and_a_second_run_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr("tallyman.intake._BATCH", 5)
    documents = demo.documents()

    def crashing():
        yield from documents[:12]
        raise KeyboardInterrupt

    path = tmp_path / "a.duckdb"
    with Ledger(path) as ledger, pytest.raises(KeyboardInterrupt):
        ledger.add(crashing())
    with Ledger(path) as ledger:
        assert len(ledger.documents()) == 10
        assert {claim.document_id for claim in ledger.claims()} <= {row.id for row in ledger.documents()}
        assert ledger.add(documents).new_documents == len(documents) - 10


def test_a_failure_inside_a_batch_leaves_nothing_of_it(tmp_path, monkeypatch):
    def failing(document):
        if document.id == demo.documents()[3].id:
            raise ZeroDivisionError
        return []

    monkeypatch.setattr(extract, "claims", failing)
    with Ledger(tmp_path / "a.duckdb") as ledger:
        with pytest.raises(ZeroDivisionError):
            ledger.add(demo.documents())
        assert ledger.documents() == []


def test_refused_input_is_kept_with_its_reason(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "ahead.txt").write_text("MOSCOW, May 3, 2031. /TASS/. Trade rose.")
    (tmp_path / "good.txt").write_text("MOSCOW, May 3, 2021. /TASS/. Trade rose.")
    with Ledger(tmp_path / "a.duckdb") as ledger:
        summary = ledger.read([tmp_path], today=TODAY)
        assert summary.documents == 1
        assert {Path(row.source).name for row in ledger.rejects()} == {"empty.txt", "ahead.txt"}
        assert any("2031" in row.reason for row in summary.rejects)


def test_another_day_for_a_report_that_is_there_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Trade between the two countries rose.")
    with Ledger(tmp_path / "a.duckdb") as ledger:
        ledger.read([path])
        (refused,) = ledger.read([path], published_on="2022-01-03").rejects
        assert "dated not at all" in refused.reason
        assert ledger.read([path]).rejects == ()


def test_an_undated_claim_has_no_verdict_then():
    (document,) = [d for d in demo.documents() if d.path == "demo/cn-ru-2023-01-year.txt"]
    bare = Document(id=document.id, text=document.text.split("\n\n", 2)[2], sha256="")
    with Ledger() as ledger:
        found = ledger.check(bare, as_of=TODAY)
    undated = [row for row in found if row.claim.said_on is None]
    assert undated
    assert {row.verdict_then.label for row in undated} == {"not_checkable"}


def test_explain_finds_a_claim_by_the_first_letters_of_its_id(bundled):
    claim = bundled.claims()[0]
    assert bundled.explain(claim.id[:14], as_of=TODAY).checked.claim == claim
    with pytest.raises(TallymanError, match="claims begin so"):
        bundled.explain("clm_", as_of=TODAY)
    with pytest.raises(TallymanError, match="no such claim"):
        bundled.explain("clm_nothing", as_of=TODAY)


def test_evidence_can_be_looked_up(bundled):
    used = [row for row in bundled.verdicts(as_of=TODAY) if row.verdict_today.evidence]
    found = bundled.explain(used[0].claim.id, as_of=TODAY)
    assert {row.id for row in found.observations} >= {*used[0].verdict_today.evidence}
    assert all(row.source_url for row in found.observations)


def test_several_processes_find_what_one_finds(monkeypatch):
    monkeypatch.setattr("tallyman.engines.local._WORTH_A_PROCESS", 1)
    documents = demo.documents()[:4]
    with Local(workers=2) as engine:
        engine.map(extract.claims, documents[:1])
        assert engine.map(extract.claims, documents) == [extract.claims(d) for d in documents]


def test_a_ledger_knows_a_reject_from_a_document(tmp_path):
    with Ledger(tmp_path / "a.duckdb") as ledger:
        ledger.add([Reject(source="x", reason="it is empty", fix="remove it")])
    with connect(tmp_path / "a.duckdb") as store:
        assert [row.source for row in store.rejects()] == ["x"]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    with Ledger(tmp_path_factory.mktemp("seeds") / "seeds.duckdb") as ledger:
        ledger.read([SEEDS], today=TODAY)
        yield ledger


def labels_of(ledger, seed, exact):
    """Return the verdicts (then, today) of the claims of a seed on a figure."""
    found = [
        row
        for row in ledger.verdicts(as_of=TODAY)
        if Path(row.claim.path).name.startswith(seed) and exact in row.claim.anchor.exact
    ]
    assert found, f"no claim {exact!r} in seed {seed}"
    return [(row.verdict_then.label, row.verdict_today.label) for row in found]


@NEEDS_SEEDS
def test_the_target_of_200_billion_was_met_early_and_known_on_the_day_of_the_release(seeds):
    followed = seeds.targets(as_of=TODAY)
    (found,) = [
        row
        for row in followed
        if (row.target.quantity.value, row.target.deadline) == (200 * 10**9, date(2024, 12, 31))
    ]
    event = found.events[0]
    assert (event.status, event.provider, event.on) == ("met_early", "gacc", date(2023, 12, 7))
    assert (event.period.end, event.value) == (date(2023, 11, 30), 218_176_000_000)


@NEEDS_SEEDS
def test_the_target_of_250_billion_is_open_without_deadline(seeds):
    (found,) = [row for row in seeds.targets(as_of=TODAY) if row.target.quantity.value == 250 * 10**9]
    target = found.target
    assert (target.deadline, found.events[0].status) == (None, "open")
    assert (target.set_by, target.told_by, target.relayed_by) == ("Xi Jinping", "Dmitry Peskov", "TASS")


@NEEDS_SEEDS
@pytest.mark.parametrize(
    ("seed", "exact", "then", "today"),
    [
        ("000", "40 billion", "supported", "supported"),
        ("000", "19.8", "supported", "supported"),
        ("000", "100 billion", "supported", "supported"),
        ("001", "100 billion", "supported", "supported"),
        ("002", "200 billion", "supported", "supported"),
        ("003", "25%", "not_enough_evidence", "refuted"),
        ("004", "140 bln", "refuted", "conflicting"),
    ],
)
def test_the_seeds_claims_get_both_verdicts(seeds, seed, exact, then, today):
    assert (then, today) in labels_of(seeds, seed, exact)
