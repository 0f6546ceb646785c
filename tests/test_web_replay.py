"""A replayed day answers as the ledger does: the same verdicts, targets, stories, record, gaps and chances."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("litestar", reason="pages need the [web] extra")

from tallyman import demo
from tallyman.ledger import Ledger
from tallyman.model import Document, Measure, TallymanError
from tallyman.publish.chance import chances_of
from tallyman.web import book as shop
from tallyman.web.book import Book
from tallyman.web.listing import ClaimFilter
from tallyman.web.served import write_served

TODAY = date(2026, 11, 22)
DAYS = [date(2021, 9, 30), date(2022, 12, 30), date(2023, 11, 30), date(2024, 3, 1), date(2026, 2, 1), TODAY]
UNDATED = Document(
    id="doc_undated",
    text="Trade between China and Russia reached $190.27 billion in 2022, China's customs said.\n",
    sha256="",
)


@pytest.fixture(scope="module")
def ledger():
    with Ledger() as filled:
        filled.add([*demo.documents(), UNDATED], today=TODAY)
        trade = Measure(indicator="total_trade", reporter="CN", partner="RU")
        for day in (date(2023, 5, 12), date(2026, 10, 20)):
            issued = filled.forecast(trade, day.year, as_of=day, threshold=240e9, issued_on=day)
            filled.keep(row for row in issued if not hasattr(row, "reason"))
        yield filled


@pytest.fixture(scope="module")
def book(ledger, tmp_path_factory):
    path = tmp_path_factory.mktemp("replay") / "served.duckdb"
    write_served(
        ledger.report("t", as_of=TODAY),
        path,
        statistics=ledger.observations(as_of=TODAY, vintages=True),
        links=ledger.store.links(),
    )
    opened = Book(path)
    yield opened
    opened.close()


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_verdicts_are_those_of_the_ledger(ledger, book, day):
    wanted = {
        row.claim.id: (row.claim, row.verdict_then, row.verdict_today) for row in ledger.verdicts(as_of=day)
    }
    shown = book.claims(ClaimFilter(), as_of=day, limit=1000).rows
    assert {row.claim.id: (row.claim, row.then, row.today) for row in shown} == wanted
    labels = Counter(today.label for _, _, today in wanted.values())
    assert dict(book.facets(ClaimFilter(), as_of=day)["verdict"]) == labels
    for label, count in labels.items():
        found = book.claims(ClaimFilter(verdict=label), as_of=day, limit=1000)
        assert found.total == len(found.rows) == count
        assert {row.today.label for row in found.rows} == {label}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_targets_are_those_of_the_ledger(ledger, book, day):
    wanted = {row.target.id: (row.target, row.events) for row in ledger.targets(as_of=day)}
    assert {row.target.id: (row.target, row.events) for row in book.followed(as_of=day)} == wanted
    for key, (target, events) in wanted.items():
        shown = book.target(key, as_of=day)
        assert (shown.target, shown.events) == (target, events)
        assert {row.claim.id for row in shown.claims} == {*target.claim_ids}
        likely = chances_of([target], ledger.statistics, as_of=day) if shown.status == "open" else {}
        assert book.chances([shown], as_of=day) == likely
    likely = book.chances(book.followed(as_of=day), as_of=day)
    assert likely == {key: rows for key, rows in ledger.chances(as_of=day).items() if key in wanted}


@given(st.dates(date(2020, 1, 1), TODAY))
@settings(max_examples=25, deadline=None)
def test_targets_of_any_day_are_those_of_the_ledger(ledger, book, day):
    wanted = {row.target.id: (row.target, row.events) for row in ledger.targets(as_of=day)}
    assert {row.target.id: (row.target, row.events) for row in book.followed(as_of=day)} == wanted


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_stories_record_and_gaps_are_those_of_the_ledger(ledger, book, day):
    told = [row.story for row in ledger.tellings.stories(as_of=day) if len(row.documents) > 1]
    assert {row.id: row for row in book.stories.told(as_of=day)} == {story.id: story for story in told}
    for story in told:
        assert book.stories.one(story.id, as_of=day) == story
        assert all(book.stories.of(key, as_of=day) == story for key in story.document_ids)
    in_none = {row.id for row in ledger.documents()} - {key for story in told for key in story.document_ids}
    assert [book.stories.of(key, as_of=day) for key in in_none] == [None] * len(in_none)
    assert list(book.forecasts(as_of=day)) == ledger.forecasts(as_of=day)
    for key in book.pairs(as_of=day):
        assert book.mirror(key, as_of=day) == ledger.mirror(tuple(key.split("-")), as_of=day)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_latest_refuted_claims_are_those_of_the_day(book, day):
    wanted = book.claims(ClaimFilter(verdict="refuted"), as_of=day, limit=3).rows
    assert book.refuted(3, as_of=day) == wanted


def test_speakers_carry_the_verdicts_of_the_day(ledger, book):
    day = date(2023, 11, 30)
    wanted = Counter(
        (row.claim.attribution.holder or row.claim.attribution.speaker, row.verdict_today.label)
        for row in ledger.verdicts(as_of=day)
    )
    found = book.speakers(as_of=day)
    assert {(name, label): n for name, counts in found.items() for label, n in counts.items()} == {
        key: n for key, n in wanted.items() if key[0] is not None
    }
    name = next(iter(found))
    assert book.speakers(as_of=day, speaker=name) == {name: found[name]}


def test_too_many_claims_to_judge_are_refused_and_narrowed(book, monkeypatch):
    monkeypatch.setattr(shop, "MOST_REPLAYED", 20)
    day = date(2026, 2, 1)
    with pytest.raises(TallymanError, match="more than 20 claims on 2026-02-01"):
        book.claims(ClaimFilter(verdict="refuted"), as_of=day)
    few = ClaimFilter(verdict="supported", pair="KR-VN")
    assert book.claims(few, as_of=day).total == len(book.claims(few, as_of=day).rows)
    assert book.labels(msgspec.structs.replace(few, pair=None), as_of=day) is None
