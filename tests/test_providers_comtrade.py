import json
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from loopback import Reply, serve
from msgspec.structs import replace

from tallyman.fetch import Fetcher
from tallyman.model import Observation, Reject, TallymanError
from tallyman.providers import comtrade
from tallyman.providers.about import about

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)


def row(**changed):
    return {
        "typeCode": "C",
        "freqCode": "A",
        "period": "2021",
        "reporterCode": 156,
        "reporterDesc": "China",
        "flowCode": "X",
        "partnerCode": 643,
        "partner2Code": 0,
        "classificationCode": "H5",
        "cmdCode": "TOTAL",
        "customsCode": "C00",
        "mosCode": "0",
        "motCode": 0,
        "cifvalue": None,
        "fobvalue": 67550801046.55,
        "primaryValue": 67550801046.55,
        "isReported": False,
        **changed,
    }


def envelope(rows, **changed):
    return json.dumps(
        {"elapsedTime": "0.1 secs", "count": len(rows), "data": rows, "error": "", **changed}
    ).encode()


RELEASED = envelope(
    [{"datasetCode": 1, "period": 2021, "reporterCode": 156, "lastReleased": "2022-06-07T00:00:00"}]
)


@pytest.fixture
def service(monkeypatch):
    """Point the client at a loopback server; the reply to data requests is set by the test."""
    settings = about("comtrade").settings

    class Service:
        data = envelope([row(), row(flowCode="M", primaryValue=78968000000)])
        availability = RELEASED
        requests = ()

        def choose(self, path):
            return Reply(body=self.availability if "getDA" in path else self.data)

    told = Service()
    with serve(choose=told.choose) as server:
        told.server = server
        base = server.url.removesuffix("/data")
        local = {
            name: base + urlsplit(address).path if str(address).startswith("http") else address
            for name, address in settings["service"].items()
        }
        monkeypatch.setitem(settings, "service", local)
        yield told


def asked(periods=("2021",), pair=("CN", "RU"), **settings):
    with Fetcher(now=NOW, pause=0, wait=lambda _: None) as fetch:
        return list(comtrade.observations(pair, periods, fetch=fetch, **settings))


def only_china(service):
    """Let the Russian side have nothing."""
    first = service.choose

    def choose(path):
        return first(path) if "reporterCode=156" in path else Reply(body=envelope([]))

    service.server.choose = choose


def test_both_flows_with_the_day_of_the_data_set(service):
    only_china(service)
    exports, imports = asked()
    assert (exports.measure.indicator, exports.measure.reporter, exports.measure.partner) == (
        "exports",
        "CN",
        "RU",
    )
    assert exports.value == Decimal("67550801046.55")
    assert imports.value == Decimal(78968000000)
    assert (exports.released_on, exports.release_kind) == (date(2022, 6, 7), "source")
    assert (exports.period.start, exports.period.end) == (date(2021, 1, 1), date(2021, 12, 31))
    assert exports.retrieved_at == NOW


def test_both_reporters_are_asked_for_totals_only(service):
    service.data = envelope([])
    assert asked(key="secret") == []
    data = [urlsplit(one.path) for one in service.server.requests if "getDA" not in one.path]
    assert [parse_qs(one.query)["reporterCode"] for one in data] == [["156"], ["643"]]
    assert all("motCode=0" in one.query and "customsCode=C00" in one.query for one in data)
    assert all(one.path == "/data/v1/get/C/A/HS" for one in data)
    keys = [one.headers.get("Ocp-Apim-Subscription-Key") for one in service.server.requests]
    assert keys == [None, "secret", None, "secret"]
    assert not any("secret" in one.path for one in service.server.requests)


def test_months_by_chapter_are_asked_in_portions_below_the_cut(service):
    service.data = envelope([])
    asked([f"2021{month:02}" for month in range(1, 6)], commodities="AG2")
    data = [parse_qs(urlsplit(one.path).query) for one in service.server.requests if "preview" in one.path]
    assert [one["period"] for one in data[:3]] == [["202101,202102"], ["202103,202104"], ["202105"]]


def test_a_chapter_is_a_product(service):
    only_china(service)
    service.data = envelope([row(cmdCode="27", flowCode="M")])
    (one,) = asked(commodities="AG2")
    assert one.measure.product == "HS27"


def test_without_a_release_day_it_is_known_by_the_day_it_was_retrieved(service):
    only_china(service)
    service.availability = envelope([])
    first, _ = asked()
    assert (first.released_on, first.release_kind) == (NOW.date(), "known_by")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<!DOCTYPE html><html><body>Maintenance</body></html>", "a web page instead of data"),
        (envelope([row()])[:-40], "broken JSON"),
        (envelope([], error="Invalid period"), "the server says Invalid period"),
        (b'{"statusCode": 200, "message": "Quota exceeded"}', "the server says Quota exceeded"),
        (envelope([row()], count=2), "1 rows of the 2 announced"),
        (envelope([row()] * 500), "cut at 500 rows; ask for fewer periods or set TALLYMAN_COMTRADE_KEY"),
    ],
)
def test_an_answer_that_is_not_whole_and_sound_is_refused(service, body, message):
    service.data = body
    with pytest.raises(TallymanError, match=message):
        asked()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"primaryValue": -1}, "value -1 is no amount of trade"),
        ({"primaryValue": None}, "value None is no amount"),
        ({"primaryValue": "lots"}, "primaryValue"),
        ({"motCode": 2100}, "motCode is 2100, 0 was asked for"),
        ({"partnerCode": 156}, "partnerCode is 156, 643 was asked for"),
        ({"flowCode": "RX"}, "flow RX is neither imports nor exports"),
        ({"period": "2021-13"}, "period '2021-13' is unknown"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_the_others_are_kept(service, changed, reason):
    only_china(service)
    service.data = envelope([row(**changed), row(flowCode="M")])
    rejected, kept = asked()
    assert isinstance(rejected, Reject)
    assert rejected.place == "row 1"
    assert reason in rejected.reason
    assert isinstance(kept, Observation)


def test_a_release_day_in_the_future_is_no_release_day(service):
    only_china(service)
    service.availability = RELEASED.replace(b"2022-06-07", b"2030-06-07")
    assert {one.reason for one in asked()} == {"released on 2030-06-07, after it was retrieved"}


def test_the_same_key_with_two_values_is_rejected_and_a_repeated_row_counts_once(service):
    only_china(service)
    service.data = envelope([row(), row(), row(flowCode="M"), row(flowCode="M", primaryValue=1)])
    kept, rejected = asked()
    assert kept.measure.indicator == "exports"
    assert "printed as 67550801046.55 and 1" in rejected.reason


def test_a_second_fetch_of_the_same_data_is_the_same_observation(service):
    only_china(service)
    first = asked()
    with Fetcher(now=NOW.replace(year=2025), pause=0) as fetch:
        later = list(comtrade.observations(("CN", "RU"), ["2021"], fetch=fetch))
    assert [one.id for one in first] == [one.id for one in later]
    assert [replace(one, retrieved_at=None) for one in first] == [
        replace(one, retrieved_at=None) for one in later
    ]


@pytest.mark.parametrize(
    ("pair", "periods", "message"),
    [
        (("CN", "EU"), ["2021"], "EU: UN Comtrade has no such area"),
        (("CN", "RU"), ["2021", "202104"], "give years .* or months"),
        (("CN", "RU"), [], "give years"),
    ],
)
def test_what_cannot_be_asked_is_refused(service, pair, periods, message):
    with pytest.raises(TallymanError, match=message):
        asked(periods, pair)
    assert service.server.requests == []
