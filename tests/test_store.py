import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from test_vintage import PRINTS

from tallyman import vintage
from tallyman.ids import content_id, text_sha256
from tallyman.model import (
    Anchor,
    Claim,
    Document,
    Forecast,
    Link,
    Measure,
    Origin,
    Period,
    Reject,
    Score,
    TallymanError,
)
from tallyman.providers import reference
from tallyman.store import connect

ROWS = reference.observations()
TRADE = Measure(indicator="total_trade", reporter="CN", partner="RU")
SOURCE = Path(__file__).parents[1] / "src"


def document(text, published_on=None, path=None):
    return Document(
        id=content_id("doc", text), text=text, sha256=text_sha256(text), published_on=published_on, path=path
    )


def claim(of, start, exact, measure=TRADE):
    anchor = Anchor(start=start, end=start + len(exact), exact=exact)
    return Claim(
        id=content_id("clm", of.id, start),
        document_id=of.id,
        path=of.path,
        anchor=anchor,
        clause=anchor,
        quantity=None,
        role="level",
        measure=measure,
        period=Period(),
        modality="actual",
        origin=Origin(extractor="test", version="0", rule="test"),
    )


def test_records_come_back_as_they_went_in_and_twice_is_once():
    one = document("Trade was $40 billion.\n\u2014 naïve 'quote' 🚢", date(2021, 6, 4), "b.txt")
    two = document("Undated", path="a.txt")
    claims = [claim(one, 10, "$40 billion"), claim(one, 0, "Trade", TRADE.__class__(indicator="exports"))]
    link = Link(id="lnk_1", kind="copy_of", from_id=one.id, to_id=two.id, score=0.5, evidence="test")
    reject = Reject(source="x.bin", reason="binary", fix="name a text")
    forecast = Forecast(
        id="fct_1",
        provider="gacc",
        measure=TRADE,
        period=Period(),
        issued_on=date(2024, 1, 1),
        as_of=date(2024, 1, 1),
        method="test",
        quantiles={"0.50": 1.0},
    )
    score = Score(forecast_id="fct_1", outcome=1.0, metric="crps", value=0.1)
    with connect(None) as store:
        for new in (True, False):
            assert store.add_documents([two, one]) == 2 * new
            assert store.add_claims(claims) == 2 * new
            assert store.add_links([link]) == new
            assert store.add_rejects([reject, reject]) == new
            assert store.add_forecasts([forecast]) == new
            assert store.add_scores([score]) == new
            assert store.add_observations(ROWS) == len(ROWS) * new
        assert store.documents() == [one, two]
        assert store.documents(ids=[two.id]) == [two]
        assert store.claims() == [claims[1], claims[0]]
        assert store.claims(document_id=two.id) == []
        assert store.claims(pair=("RU", "CN")) == [claims[0]]
        assert store.links(kind="copy_of") == [link]
        assert (store.rejects(), store.forecasts(), store.scores()) == ([reject], [forecast], [score])
        assert sorted(row.id for row in store.observations(vintages=True)) == sorted(row.id for row in ROWS)


def test_the_latest_word_on_a_link_counts():
    link = Link(
        id="lnk_1", kind="copy_of", from_id="a", to_id="b", score=0.5, evidence="test", judgement="accept"
    )
    with connect(None) as store:
        store.add_links([link])
        assert store.links()[0].judgement == "accept"
        store.add_judgement("lnk_1", "reject", judged_at=datetime(2024, 1, 1, tzinfo=UTC), judged_by="editor")
        assert store.links()[0].judgement == "reject"
        store.add_judgement("lnk_1", "accept", judged_at=datetime(2024, 1, 2, tzinfo=UTC), judged_by="editor")
        assert store.links()[0].judgement == "accept"


def test_observations_by_pair_measure_and_day():
    with connect(None) as store:
        store.add_observations(ROWS)
        found = store.observations(pair=("RU", "CN"), indicator="total_trade", as_of=date(2022, 1, 20))
        assert found == store.observations(
            pair=("CN", "RU"), indicator="total_trade", as_of=date(2022, 1, 20)
        )
        year = [row for row in found if row.period.start == date(2021, 1, 1) and row.period.end.month == 12]
        assert [(row.provider, str(row.value), row.role) for row in year] == [
            ("gacc", "35.8", "change"),
            ("gacc", "146887000000", "level"),
        ]
        one = store.observations(reporter="RU", partner="CN", provider="fcs", vintages=True)
        assert {row.provider for row in one} == {"fcs"}


def test_the_sql_gives_the_same_rows_as_the_rule():
    with connect(None) as store:
        store.add_observations(ROWS)
        for year in range(2009, 2028):
            day = date(year, 5, 20)
            assert {row.id for row in store.observations(as_of=day)} == {
                row.id for row in vintage.known(ROWS, as_of=day)
            }


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(PRINTS, max_size=8), max_size=5), st.dates(date(2021, 12, 31), date(2022, 1, 10)))
def test_the_sql_gives_the_same_rows_on_any_prints(numbers, day):
    rows = [
        replace(row, provider=f"p{place}", id=f"{place}{row.id}")
        for place, of in enumerate(numbers)
        for row in of
    ]
    with connect(None) as store:
        store.add_observations(rows)
        assert store.observations(as_of=day) == vintage.known(rows, as_of=day)


def add_two_and_fail(store):
    with store.transaction():
        store.add_documents([document("one")])
        with store.transaction():
            store.add_documents([document("two")])
        raise ZeroDivisionError


def test_a_transaction_is_whole_or_nothing():
    with connect(None) as store:
        with pytest.raises(ZeroDivisionError):
            add_two_and_fail(store)
        assert store.documents() == []
        assert store.add_documents([document("one")]) == 1


def test_a_killed_writer_leaves_a_ledger_that_opens(tmp_path):
    path = tmp_path / "ledger.duckdb"
    script = (
        "import os, signal, sys\n"
        "from tallyman.providers import reference\n"
        "from tallyman.store import connect\n"
        "store = connect(sys.argv[1])\n"
        "rows = reference.observations()\n"
        "store.add_observations(rows[:100])\n"
        "with store.transaction():\n"
        "    store.add_observations(rows[100:])\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script, str(path)], env={"PYTHONPATH": str(SOURCE)}, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    with connect(path) as store:
        assert len(store.observations(vintages=True)) == 100
        assert store.add_observations(ROWS) == len(ROWS) - 100


def test_a_file_that_is_no_ledger_is_refused(tmp_path):
    text = tmp_path / "report.txt"
    text.write_text("Trade was $40 billion.")
    foreign = tmp_path / "foreign.duckdb"
    duckdb.connect(str(foreign)).execute("CREATE TABLE t (x INTEGER)").close()
    newer = tmp_path / "newer.duckdb"
    connect(newer).close()
    duckdb.connect(str(newer)).execute("UPDATE ledger SET schema_version = 99").close()
    for path, message in [
        (text, "report.txt: not a ledger"),
        (foreign, "foreign.duckdb: a database, but not a Tallyman ledger"),
        (newer, "newer.duckdb: the ledger has schema version 99"),
        (tmp_path / "none" / "x.duckdb", "its folder does not exist"),
        (tmp_path, "cannot be opened as a ledger"),
    ]:
        with pytest.raises(TallymanError, match=message):
            connect(path)
    with pytest.raises(TallymanError, match="there is no ledger"):
        connect(tmp_path / "none.duckdb", read_only=True)


def test_a_ledger_in_use_is_refused_with_a_reason(tmp_path):
    path = tmp_path / "ledger.duckdb"
    script = (
        "import sys\nfrom tallyman.model import TallymanError\nfrom tallyman.store import connect\n"
        "try:\n    connect(sys.argv[1])\nexcept TallymanError as error:\n    print(error)\n"
    )
    with connect(path):
        told = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-c", script, str(path)],
            env={"PYTHONPATH": str(SOURCE)},
            capture_output=True,
            text=True,
            check=True,
        )
    assert "another process is using this ledger" in told.stdout


def test_a_ledger_opened_read_only_can_be_read_and_not_written(tmp_path):
    path = tmp_path / "ledger.duckdb"
    with connect(path) as store:
        store.add_observations(ROWS[:5])
    with connect(path, read_only=True) as store:
        assert len(store.observations(vintages=True)) == 5
        with pytest.raises(TallymanError, match="opened for reading only"):
            store.add_observations(ROWS)
