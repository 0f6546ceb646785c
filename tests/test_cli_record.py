"""The public record, and tables of targets, from the command line."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from test_cli import objects, run

from tallyman import demo
from tallyman.ledger import Ledger
from tallyman.model import Measure, TallymanError
from tallyman.track import listed

REGISTER = Path(__file__).parents[2] / "shared" / "facts" / "targets.csv"
TABLE = """pair,amount,currency,deadline,indicator,announced_by,date_said,outcome_class
China-Russia,200,USD bn,2024,total trade,"Putin, Xi",2019-06-05,met
China-Russia,double,,2030,total trade,somebody,2024-02-01,open
China-Narnia,10,USD bn,2030,total trade,somebody,2024-02-01,open
Atlantis,,,,,,,
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TALLYMAN_LEDGER", raising=False)
    (tmp_path / "targets.csv").write_text(TABLE)
    return tmp_path


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("record") / "demo.duckdb"
    with Ledger(path) as book:
        book.add(demo.documents())
    return path


def rows(result):
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_a_table_of_targets_is_read_into_the_ledger_and_held_against_its_outcomes(here):
    result = run("targets", "import", "targets.csv", "--as-of", "2024-06-01", "--format", "csv")
    assert result.exit_code == 2
    assert [(row["status"], row["outcome"], row["agrees"]) for row in rows(result)] == [
        ("met_early", "met", "true"),
        ("open", "open", "true"),
    ]
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == [
        "targets.csv, line 4",
        "targets.csv, line 5",
    ]
    again = run("targets", "import", "targets.csv", "--as-of", "2022-01-01", "--format", "csv")
    assert rows(again)[0]["agrees"] == "false"
    followed = [
        json.loads(line)
        for line in run("targets", "--format", "jsonl", "--as-of", "2024-06-01").stdout.splitlines()
    ]
    assert [(row["set_by"], row["status"]) for row in followed] == [
        ("Putin, Xi", "met_early"),
        ("somebody", "open"),
    ]
    (document,) = objects(run("documents", "--format", "jsonl"))
    assert document["path"] == "targets.csv"
    assert here.joinpath("tallyman.duckdb").exists()


def test_a_table_without_the_columns_is_refused(here):
    (here / "targets.csv").write_text("pair,amount\nChina-Russia,200\n")
    for name in ("targets.csv", "missing.csv"):
        result = run("targets", "import", name)
        assert isinstance(result.exception, TallymanError)
        assert name in str(result.exception)
    assert run("documents", "--format", "jsonl").stdout == ""


def test_each_target_of_a_table_has_its_place_in_the_file():
    text = f"\N{BYTE ORDER MARK}{TABLE}".removeprefix("\N{BYTE ORDER MARK}").replace("\n", "\r\n")
    found = listed(text, "targets.csv")
    assert [row.claim.anchor.exact for row in found.rows] == ["200", "double"]
    for row in found.rows:
        for anchor in (row.claim.anchor, row.claim.clause):
            assert text[anchor.start : anchor.end] == anchor.exact
    assert found.rows[0].claim.clause.exact.startswith("China-Russia,200")
    assert [reject.place for reject in found.rejects] == ["line 4", "line 5"]


@pytest.mark.skipif(not REGISTER.exists(), reason="../shared/facts is not here")
def test_the_real_register_agrees_with_the_statistics(here):
    found = objects(run("targets", "import", REGISTER, "--as-of", "2026-11-01", "--format", "jsonl"))
    told = [row["agrees"] for row in found]
    assert len(told) == 136
    assert told.count(True) / (len(told) - told.count(None)) >= 0.95
    assert here.exists()


def test_speakers_have_a_record_from_ten_claims_on(ledger):
    found = objects(run("speakers", "--by", "outlet", "--ledger", ledger, "--format", "jsonl"))
    assert found
    assert all(row["claims"] >= 10 for row in found)
    assert all(row["supported"]["low"] <= row["supported"]["value"] for row in found if row["supported"])
    table = run("speakers", "--ledger", ledger)
    assert table.exit_code == 0
    assert len(rows(run("speakers", "--by", "outlet", "--ledger", ledger, "--format", "csv"))) == len(found)


def test_a_kept_forecast_is_scored_when_its_year_is_counted_and_replays_stand_apart(here):
    asked = ("forecast", "CN-RU", "--year", "2023", "--as-of", "2023-11-08", "--threshold", "200e9")
    assert run(*asked, "--keep").exit_code == 0
    assert run(*asked, "--keep").exit_code == 0
    assert run("forecast", "CN-RU", "--keep").exit_code == 0
    each = objects(run("scores", "--each", "--format", "jsonl"))
    replayed = [row for row in each if row["made"] == "replayed"]
    assert {row["provider"] for row in replayed} == {"gacc", "ru_officials"}
    (ours,) = [row for row in replayed if row["provider"] == "gacc"]
    assert ours["outcomes"]["percent_error"] == 240110000000
    assert ours["scores"]["brier"] < 0.01
    assert ours["issued_on"] > ours["as_of"]
    kinds = {"replayed", "naive beside replayed"}
    assert {row["made"] for row in each} == kinds | {"issued", "naive beside issued"}
    summed = objects(run("scores", "--format", "jsonl"))
    assert {row["made"] for row in summed} == kinds
    error = {row["made"]: row["mean"] for row in summed if row["metric"] == "percent_error"}
    assert set(error) == kinds
    assert here.exists()


def test_a_kept_forecast_is_never_changed(tmp_path):
    with Ledger(tmp_path / "a.duckdb") as book:
        measure = Measure(indicator="total_trade", reporter="CN", partner="RU")
        made = book.forecast(measure, 2023, as_of=date(2023, 11, 8), issued_on=date(2023, 11, 8))[:1]
        assert (book.keep(made), book.keep(made)) == (1, 0)
        before = book.forecasts(as_of=date(2023, 12, 1))
        after = book.forecasts(as_of=date(2024, 6, 1))
    assert [row.made for row in (*before, *after)] == ["issued", "naive beside issued"] * 2
    assert before[0].forecast == after[0].forecast
    assert not before[0].scores
    assert after[0].scores


def test_no_forecast_is_kept_that_knows_the_future(here):
    assert run("forecast", "CN-RU", "--as-of", "2199-01-01", "--keep").exit_code == 2
    assert not here.joinpath("tallyman.duckdb").exists()


def test_officials_forecasts_stand_beside_ours_of_the_same_day(ledger):
    found = objects(run("scores", "--each", "--ledger", ledger, "--format", "jsonl"))
    official = {(row["provider"], row["issued_on"]) for row in found if row["made"] == "official"}
    beside = {(row["provider"], row["issued_on"]) for row in found if row["made"] == "beside an official"}
    assert official
    assert beside <= official
    assert "official" in run("scores", "--ledger", ledger).stdout
    assert run("scores").stderr.strip() == "tallyman: no forecast; tallyman forecast PAIR --keep"


def test_the_chances_of_open_targets_are_kept_once_and_told_apart_by_their_day(ledger, tmp_path):
    pytest.importorskip("numpy", reason="chances need the [forecast] extra")
    mine = tmp_path / "mine.duckdb"
    mine.write_bytes(ledger.read_bytes())
    for _ in range(2):
        run("targets", "--keep", "--as-of", "2022-12-31", "--ledger", mine)
    found = [row for row in objects(run("scores", "--each", "--format", "jsonl", "--ledger", mine))
             if row["made"] == "replayed"]  # fmt: skip
    assert len({row["id"] for row in found}) == len(found)
    trade = [row for row in found if row["series"] == "CN-RU trade" and row["threshold"] == 200e9]
    assert {row["provider"] for row in trade} >= {"gacc"}
    assert all(row["period"]["relation"] == "by" and 0 < row["probability"] < 1 for row in trade)
    assert all(row["as_of"] == "2022-12-31" for row in found)
    assert run("targets", "--keep", "--as-of", "9999-01-01", "--ledger", mine).exit_code == 2
