import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from tallyman.model import Measure, Observation, Period
from tallyman.period import add_months
from tallyman.providers import reference
from tallyman.publish.report import ReportData
from tallyman.publish.sdmx import time_period, write_sdmx_csv

sdmx1 = pytest.importorskip("sdmx", reason="the extra `sdmx` is not installed")

FIRST = reference.observations()[0]
ODD = replace(
    FIRST,
    id="obs_odd",
    measure=Measure(indicator="imports", reporter="EU", partner="WORLD", product="HS27", basis="non_oil"),
    value=Decimal("-0.000001"),
    step=None,
    currency=None,
    document_id="doc_1",
    retrieved_at=datetime(2024, 3, 1, 12, tzinfo=UTC),
    note='a "quoted", note; =1+1 🚢',
    period=Period(start=date(2023, 1, 15), end=date(2023, 2, 3), relation="during"),
)
ROWS = (*reference.observations(), ODD)


def span(text):
    start, _, length = text.partition("/")
    if not length:
        year = int(text[:4])
        if "Q" in text:
            first = date(year, int(text[-1]) * 3 - 2, 1)
            return first, add_months(first, 3) - timedelta(days=1)
        if len(text) == 4:
            return date(year, 1, 1), date(year, 12, 31)
        first = date.fromisoformat(f"{text}-01")
        return first, add_months(first, 1) - timedelta(days=1)
    first = date.fromisoformat(start)
    number = int(length[1:-1])
    after = add_months(first, number) if length[-1] == "M" else first + timedelta(days=number)
    return first, after - timedelta(days=1)


def observation(read):
    said = {name: value.value for name, value in read.key.values.items()}
    said |= {name: value.value for name, value in read.attrib.items()}

    def given(name, empty="_Z"):
        return None if said[name] in {empty, ""} else said[name]

    start, end = span(said["TIME_PERIOD"])
    assert said["UNIT_MULT"] == "0"
    return Observation(
        id=said["PRINT"],
        provider=said["PROVIDER"],
        measure=Measure(
            indicator=said["INDICATOR"].lower(),
            reporter=given("REF_AREA"),
            partner=given("COUNTERPART_AREA"),
            product=given("PRODUCT", "_T"),
            basis=said["BASIS"].lower(),
        ),
        role={"N": "level", "GY": "change"}[said["TRANSFORMATION"]],
        period=Period(start=start, end=end, relation="during"),
        value=Decimal(read.value),
        unit="percent" if said["UNIT_MEASURE"] == "PT" else said["UNIT_MEASURE"],
        currency=given("CURRENCY_COUNTED"),
        step=Decimal(said["STEP"]) if said["STEP"] else None,
        status=said["STATUS"],
        released_on=date.fromisoformat(said["RELEASED_ON"]),
        release_kind=said["RELEASE_KIND"],
        retrieved_at=datetime.fromisoformat(said["RETRIEVED_AT"]) if said["RETRIEVED_AT"] else None,
        source_url=given("SOURCE_URL"),
        document_id=given("DOCUMENT_ID"),
        note=given("COMMENT_OBS"),
    )


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    return write_sdmx_csv(
        ReportData(title="t", as_of=date(2026, 1, 1), version="0", observations=ROWS), folder
    )


def test_sdmx1_reads_every_field_back_without_loss(files):
    table, structure = files
    flow = sdmx1.read_sdmx(io.BytesIO(structure.read_bytes())).dataflow["TRADE"]
    message = sdmx1.read_sdmx(io.BytesIO(table.read_bytes()), format="csv", structure=flow)
    (data,) = message.data
    assert [observation(one) for one in data.obs] == list(ROWS)


def test_each_key_is_one_observation_and_the_names_are_the_standard_s(files):
    with files[0].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    standard = {"FREQ", "REF_AREA", "COUNTERPART_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"}
    assert standard | {"UNIT_MEASURE", "UNIT_MULT"} <= rows[0].keys()
    assert len({row["PRINT"] for row in rows}) == len(ROWS)
    assert {row["OBS_STATUS"] for row in rows} == {"A", "E", "U"}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-01-01", "2021-12-31", ("A", "2021")),
        ("2021-04-01", "2022-03-31", ("_O", "2021-04-01/P12M")),
        ("2021-02-01", "2021-02-28", ("M", "2021-02")),
        ("2021-10-01", "2021-12-31", ("Q", "2021-Q4")),
        ("2021-02-01", "2021-04-30", ("_O", "2021-02-01/P3M")),
        ("2021-01-01", "2021-10-31", ("_O", "2021-01-01/P10M")),
        ("2021-01-15", "2021-02-03", ("_O", "2021-01-15/P20D")),
    ],
)
def test_periods_as_sdmx_writes_them(start, end, expected):
    period = Period(start=date.fromisoformat(start), end=date.fromisoformat(end))
    assert time_period(period) == expected
    assert span(expected[1]) == (period.start, period.end)
