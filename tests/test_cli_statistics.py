"""Official statistics from the command line: both sides, revisions, and what comes from outside."""

import csv
import io
import json
from pathlib import Path

import pytest
from test_cli import objects, run
from test_providers_comtrade import envelope, row, service
from test_providers_sdmx import EXPORTS, IMPORTS, message

from tallyman import demo
from tallyman.fetch import Fetcher

__all__ = ["service"]

MAPPING = """provider = "statcan"
scale = 1000
[columns]
indicator = "Flow"
partner = "Country"
period = "Month"
value = "Value"
released_on = "Released"
[constants]
reporter = "Canada"
unit = "CAD"
"""
TRADE = """Flow,Country,Month,Value,Released
exports,China,2023-01,2500,2023-03-08
exports,China,2023-02,lots,2023-04-08
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TALLYMAN_LEDGER", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setitem(Fetcher.__init__.__kwdefaults__, "pause", 0.0)
    return tmp_path


def kept(pair, provider):
    found = objects(run("observations", pair, "--vintages", "--format", "jsonl"))
    return [one for one in found if one["provider"] == provider]


def test_mirror_shows_both_sides_and_their_gap(here):
    found = objects(run("mirror", "CN-RU", "--format", "jsonl"))
    (exports,) = [one for one in found if one["measure"]["indicator"] == "exports"]
    assert (exports["one"]["valued"], exports["other"]["valued"], exports["gap"]) == ("FOB", "CIF", "8.8")
    assert "8.8 %" in run("mirror", "china-russia").stdout
    assert len(list(csv.DictReader(io.StringIO(run("mirror", "CN-RU", "--format", "csv").stdout)))) == len(
        found
    )
    assert run("mirror", "CN-RU", "--as-of", "2000-01-01", "--format", "jsonl").stdout == ""
    assert here.exists()


def test_revisions_show_first_prints_and_implied_bases(here):
    shown = list(csv.DictReader(io.StringIO(run("revisions", "CN-RU", "--format", "csv").stdout)))
    (one,) = [
        one
        for one in shown
        if (one["provider"], one["indicator"], one["start"], one["end"])
        == ("gacc", "imports", "2023-01-01", "2023-05-31")
    ]
    assert (one["first"], one["printed_percent"], one["base"]) == ("50859000000", "20.4", "41250000000")
    assert (one["implied"], one["base_reading"]) == ("42241694352", "revised up")
    early = objects(run("revisions", "CN-RU", "--as-of", "2022-01-20", "--format", "jsonl"))
    assert max(one["latest"]["released_on"] for one in early) <= "2022-01-20"
    assert max(map(len, run("revisions", "CN-RU").stdout.splitlines())) <= 100
    assert here.exists()


def test_comtrade_comes_into_the_ledger_once(here, service):
    asked = ("fetch", "comtrade", "CN-RU", "2021", "--format", "jsonl")
    first, second = run(*asked), run(*asked)
    assert [json.loads(one.stdout)["new"] for one in (first, second)] == [2, 0]
    assert first.exit_code == 2
    assert "reporterCode is 156, 643 was asked for" in first.stderr
    assert {one["measure"]["reporter"] for one in kept("CN-RU", "comtrade")} == {"CN"}
    assert (here / "cache" / "tallyman").exists()
    assert service.server.requests


def test_a_source_in_trouble_leaves_the_ledger_as_it_was(here, service):
    service.data = b"<html>maintenance</html>"
    asked = ("fetch", "comtrade", "CN-RU", "2021", "--format", "jsonl")
    result = run(*asked)
    assert result.exit_code == 2
    assert json.loads(result.stdout)["trouble"]
    assert "comtrade CN-RU" in result.stderr
    assert kept("CN-RU", "comtrade") == []
    assert [one["source"] for one in objects(run("rejects", "--format", "jsonl"))] == ["comtrade CN-RU"]
    service.data = envelope([row()])
    assert json.loads(run(*asked).stdout)["new"] == 1
    assert here.exists()


def test_a_table_of_ones_own_comes_into_the_ledger_with_its_rejects(here):
    (here / "trade.csv").write_text(TRADE)
    (here / "trade.toml").write_text(MAPPING)
    result = run("fetch", "table", "trade.csv", "--mapping", "trade.toml")
    assert result.exit_code == 2
    assert "trade.csv, line 3" in result.stderr
    (one,) = kept("CA-CN", "statcan")
    assert (one["value"], one["unit"]) == ("2500000", "CAD")


def test_an_sdmx_file_comes_into_the_ledger(here):
    (here / "imts.xml").write_bytes(message(EXPORTS, IMPORTS))
    result = run("fetch", "sdmx", "imf_imts", "imts.xml", "--format", "jsonl")
    assert objects(result)[0]["new"] == 3
    assert {one["measure"]["indicator"] for one in kept("CN-RU", "imf")} == {"exports", "imports"}


def test_a_lexicon_holds_its_promises_and_tells_what_it_leaves(here):
    assert run("lexicon", "test", "en").exit_code == 0
    assert "no such lexicon; known are en" in str(run("lexicon", "test", "xx").exception)
    reports = Path(demo.__file__).parent / "reports"
    found = objects(run("lexicon", "coverage", "en", reports, "--format", "jsonl"))
    assert [one["times"] for one in found] == sorted((one["times"] for one in found), reverse=True)
    assert {"shape", "layer", "times", "contexts"} == found[0].keys()
    text = run("lexicon", "coverage", "en", reports, "--format", "csv").stdout
    assert text.startswith("shape,layer,times,contexts\n")
    assert here.exists()
