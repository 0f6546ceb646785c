import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from loopback import Reply, serve
from msgspec.structs import replace

from tallyman.fetch import Fetcher
from tallyman.model import TallymanError
from tallyman.store import connect

sdmx1 = pytest.importorskip("sdmx", reason="the extra `sdmx` is not installed")
from tallyman.providers import sdmx  # noqa: E402 - after the skip

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
MESSAGE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
GENERIC = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"
COMMON = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"


def value(name, text):
    return f'<g:Value id="{name}" value="{text}"/>'


def one_series(reporter, indicator, partner, prints, multiplier="6"):
    key = value("COUNTRY", reporter) + value("INDICATOR", indicator)
    key += value("COUNTERPART_COUNTRY", partner) + value("FREQUENCY", "M")
    return (
        f"<g:Series><g:SeriesKey>{key}</g:SeriesKey>"
        f"<g:Attributes>{value('UNIT_MULT', multiplier)}</g:Attributes>"
        + "".join(
            f'<g:Obs><g:ObsDimension value="{period}"/><g:ObsValue value="{amount}"/></g:Obs>'
            for period, amount in prints
        )
        + "</g:Series>"
    )


def message(*all_series):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><m:GenericData xmlns:m="{MESSAGE}" xmlns:g="{GENERIC}" '
        f'xmlns:c="{COMMON}"><m:Header><m:ID>T</m:ID><m:Test>false</m:Test>'
        '<m:Prepared>2024-02-01T10:00:00</m:Prepared><m:Sender id="X"/>'
        '<m:Structure structureID="IMTS" dimensionAtObservation="TIME_PERIOD">'
        '<c:Structure><Ref agencyID="X" id="IMTS" version="1.0" class="DataStructure"/></c:Structure>'
        f'</m:Structure></m:Header><m:DataSet structureRef="IMTS">{"".join(all_series)}</m:DataSet>'
        "</m:GenericData>"
    ).encode()


EXPORTS = one_series("CHN", "XG_FOB_USD", "RUS", [("2023-01", "8081.5"), ("2023-M02", "6970")])
IMPORTS = one_series("RUS", "MG_CIF_USD", "CHN", [("2023-01", "8500")])


def json_message():
    def component(name, *codes):
        return {"id": name, "name": name, "values": [{"id": code, "name": code} for code in codes]}

    return json.dumps(
        {
            "header": {"id": "T", "test": False, "prepared": "2024-02-01T10:00:00Z", "sender": {"id": "X"}},
            "dataSets": [
                {
                    "action": "Information",
                    "series": {"0:0:0:0": {"attributes": [], "observations": {"0": [8081500000.0]}}},
                }
            ],
            "structure": {
                "name": "IMTS",
                "dimensions": {
                    "dataSet": [],
                    "series": [
                        component("COUNTRY", "CHN") | {"keyPosition": 0},
                        component("INDICATOR", "XG_FOB_USD") | {"keyPosition": 1},
                        component("COUNTERPART_COUNTRY", "RUS") | {"keyPosition": 2},
                        component("FREQUENCY", "M") | {"keyPosition": 3},
                    ],
                    "observation": [component("TIME_PERIOD", "2023-01")],
                },
                "attributes": {"dataSet": [], "series": [], "observation": []},
            },
        }
    ).encode()


CSV = (
    b"DATAFLOW,FREQUENCY,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,TIME_PERIOD,OBS_VALUE,UNIT_MULT\n"
    b"X:IMTS(1.0),M,CHN,XG_FOB_USD,RUS,2023-01,8081.5,6\n"
)


@pytest.fixture
def store():
    with connect(None) as opened:
        yield opened


@pytest.fixture
def load(tmp_path, store):
    def loaded(body, wanted=None):
        path = tmp_path / "data"
        path.write_bytes(body)
        return sdmx.load_file(store, path, wanted or sdmx.series("imf_imts"), retrieved_at=NOW)

    return loaded


@pytest.mark.parametrize("body", [message(EXPORTS), json_message(), CSV], ids=["ml", "json", "csv"])
def test_every_format_says_the_same(load, store, body):
    assert load(body).rejects == ()
    row = store.observations()[0]
    assert (row.provider, row.measure.indicator, row.measure.reporter, row.measure.partner) == (
        "imf",
        "exports",
        "CN",
        "RU",
    )
    assert (row.value, row.unit, row.measure.basis) == (Decimal(8081500000), "USD", "goods")
    assert (row.period.start, row.period.end) == (date(2023, 1, 1), date(2023, 1, 31))
    assert (row.released_on, row.release_kind, row.retrieved_at) == (NOW.date(), "known_by", NOW)


def test_a_month_as_the_imf_writes_it(load, store):
    assert load(message(EXPORTS, IMPORTS)).new == 3
    assert {row.period.end for row in store.observations(reporter="CN")} == {
        date(2023, 1, 31),
        date(2023, 2, 28),
    }


def test_a_service_is_asked_for_both_sides_at_once(store, monkeypatch):
    with serve([Reply(body=message(EXPORTS, IMPORTS), media_type="application/xml")]) as server:
        monkeypatch.setattr(sdmx1.source.get_source("IMF_DATA"), "url", server.url)
        with Fetcher(now=NOW, pause=0) as fetch:
            done = sdmx.load(
                store, sdmx.series("imf_imts"), ("CN", "RU"), frequency="M", since="2023", fetch=fetch
            )
        (asked,) = server.requests
    assert asked.path.endswith("/IMTS/CHN+RUS.XG_FOB_USD+MG_CIF_USD.CHN+RUS.M?startPeriod=2023")
    assert done.new == 3
    assert {row.source_url.split("?")[1] for row in store.observations()} == {"startPeriod=2023"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (one_series("CHN", "XG_FOB_USD", "RUS", [("2023-01", "-1")]), "negative trade"),
        (one_series("CHN", "XG_FOB_USD", "RUS", [("2023-01", "NaN")]), 'value "NaN" is no number'),
        (one_series("G001", "XG_FOB_USD", "RUS", [("2023-01", "1")]), "reporter 'G001' is unknown"),
        (one_series("CHN", "TBG_USD", "RUS", [("2023-01", "1")]), "indicator 'TBG_USD' is unknown"),
        (one_series("CHN", "XG_FOB_USD", "RUS", [("2023-01", "1,5")]), 'value "1,5" is no number'),
        (one_series("CHN", "XG_FOB_USD", "RUS", [("2024-03", "1")]), "before the period was over"),
    ],
)
def test_an_observation_that_cannot_be_used_is_told(load, body, reason):
    done = load(message(body, IMPORTS))
    assert done.new == 1
    assert [reason in one.reason for one in done.rejects] == [True]


def test_two_values_of_one_key_are_both_rejected(load):
    twice = one_series("CHN", "XG_FOB_USD", "RUS", [("2023-01", "1"), ("2023-01", "2")])
    done = load(message(twice, IMPORTS))
    assert done.new == 1
    assert {one.reason for one in done.rejects} == {"the same number has two values on one release day"}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<!DOCTYPE html><html><body>Maintenance</body></html>", "a web page instead of data"),
        (message(EXPORTS)[:-200], "broken SDMX"),
        (json_message()[:-50], "broken SDMX"),
        (message(), "no data in it"),
        (CSV.splitlines()[0], "no data in it"),
        (CSV.replace(b",", b";"), "is the delimiter right"),
        (CSV.replace(b"COUNTERPART_COUNTRY", b"PARTNER"), "no column 'COUNTERPART_COUNTRY' for partner"),
        (b"\xff\xfe\x00", "no data in it"),
        (
            f'<m:Error xmlns:m="{MESSAGE}" xmlns:c="{COMMON}"><m:ErrorMessage code="100">'
            "<c:Text>No records found</c:Text></m:ErrorMessage></m:Error>".encode(),
            "no data|broken SDMX",
        ),
    ],
)
def test_what_is_no_sound_message_leaves_the_ledger_as_it_was(load, store, body, told):
    with pytest.raises(TallymanError, match=told):
        load(body)
    assert (store.observations(vintages=True), store.rejects()) == ([], [])


def test_a_bad_answer_is_not_kept(store, monkeypatch, tmp_path):
    page = Reply(body=b"<html><body>busy</body></html>", media_type="text/html")
    with serve([page, Reply(body=message(EXPORTS))]) as server:
        monkeypatch.setattr(sdmx1.source.get_source("IMF_DATA"), "url", server.url)
        wanted = {"pair": ("CN", "RU"), "frequency": "M", "since": "2023"}
        with Fetcher(now=NOW, pause=0, cache=tmp_path) as fetch:
            with pytest.raises(TallymanError, match="a web page"):
                sdmx.load(store, sdmx.series("imf_imts"), fetch=fetch, **wanted)
            assert sdmx.load(store, sdmx.series("imf_imts"), fetch=fetch, **wanted).new == 2


def test_a_group_has_no_three_letters(store):
    with Fetcher(now=NOW) as fetch, pytest.raises(TallymanError, match="EU: no country with an ISO code"):
        sdmx.load(store, sdmx.series("imf_imts"), ("EU", "RU"), frequency="A", since="2020", fetch=fetch)


def test_series_of_one_s_own(tmp_path, load, store):
    path = tmp_path / "mine.toml"
    path.write_text(
        'title = "Mine"\nprovider = "mine"\nsource = "ECB"\nflow = "X"\nkey = "{reporter}"\n'
        '[columns]\nreporter = "REF_AREA"\npartner = "AREA"\nperiod = "TIME_PERIOD"\nvalue = "OBS_VALUE"\n'
        'released_on = "RELEASED"\n[constants]\nindicator = "imports"\nunit = "EUR"\n'
    )
    wanted = sdmx.read_series(path)
    load(b"REF_AREA,AREA,TIME_PERIOD,OBS_VALUE,RELEASED\nDE,CN,2022,5,2023-02-07\n", wanted)
    (row,) = store.observations()
    assert (row.released_on, row.release_kind, row.unit) == (date(2023, 2, 7), "source", "EUR")
    path.write_text("title = 5")
    with pytest.raises(TallymanError, match="no series"):
        sdmx.read_series(path)
    path.write_text("title =")
    with pytest.raises(TallymanError, match="cannot be read as TOML"):
        sdmx.read_series(path)


def test_the_shipped_series_are_sound():
    assert sdmx.series("imf_imts").provider == "imf"
    assert sdmx.series("comext").lookups["indicator"] == {"1": "imports", "2": "exports"}
    assert replace(sdmx.series("comext"), key="") != sdmx.series("comext")
    with pytest.raises(TallymanError, match="no such series; known are imf_imts, comext"):
        sdmx.series("oecd")
